using GenesysMock.Gate;
using GenesysMock.Login;
using GenesysMock.Scenarios;
using GenesysMock.Truth;

namespace GenesysMock.Limits;

/// <summary>Counts every request in every window it belongs to: its token's, its client's, the organization's, its endpoint's.</summary>
internal sealed class RateLimits(TimeProvider time, Behaviour behaviour, ApiTruth truth)
{
    // Windows of tokens that are long gone. A minute's worth is enough; the bound is for those who mint tokens in a loop.
    private const int WindowsMax = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Key, string Scope), FixedWindow> _windows = [];

    public Admission Admit(IssuedToken token, string endpoint)
    {
        var options = behaviour.Limits;
        var limits = Applying(options, token, endpoint);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var windows = limits.ConvertAll(limit => (Limit: limit, Window: OpenWindow_NeedsLock(limit, now)));
            var exceeded = windows.Find(entry => entry.Limit.Allowed > 0 && entry.Window.Count >= entry.Limit.Allowed);
            if (exceeded.Window is null || options.CountRefused)
            {
                windows.ForEach(entry => entry.Window.CountOne());
            }

            var (ofToken, ofClient) = (windows[0], windows[1]);
            truth.Counted(token, ofToken.Window.Opened, ofClient.Window.Opened, refused: exceeded.Window is not null);
            var reading = new WindowReading(
                ofToken.Window.Count,
                ofToken.Limit.Allowed,
                ofToken.Window.ResetSeconds(now)
            );
            return exceeded.Window is null
                ? new Admission.Passed(reading)
                : new Admission.Refused(reading, exceeded.Limit, RetryAfter(exceeded.Limit, exceeded.Window, now));
        }
    }

    private static TimeSpan RetryAfter(RateLimit limit, FixedWindow window, DateTimeOffset now) =>
        limit.RetryAfter ?? TimeSpan.FromSeconds(window.ResetSeconds(now));

    /// <summary>The token's comes first, and the client's second.</summary>
    private static List<RateLimit> Applying(LimitOptions options, IssuedToken token, string endpoint) =>
        [
            new(
                "platform.api",
                "client.credentials.token.rate.per.minute",
                token.Alias,
                options.PerToken,
                options.Window
            ),
            new("platform.api", "client.rate.per.minute", token.ClientId, options.PerClient, options.Window),
            new("platform.api", "org.app.user.rate.per.minute", "", options.PerOrganization, options.Window),
            .. options
                .Endpoints.Where(limit => EndpointPattern.Matches(limit.Endpoint, endpoint))
                .Select(limit => new RateLimit(
                    limit.Namespace,
                    limit.Key,
                    limit.Endpoint,
                    limit.Allowed,
                    limit.Window,
                    limit.RetryAfter
                )),
        ];

    private FixedWindow OpenWindow_NeedsLock(RateLimit limit, DateTimeOffset now)
    {
        if (!_windows.TryGetValue((limit.Key, limit.Scope), out var window))
        {
            ForgetOld_NeedsLock(now);
            window = _windows[(limit.Key, limit.Scope)] = new FixedWindow();
        }

        window.Open(now, limit.Window);
        return window;
    }

    private void ForgetOld_NeedsLock(DateTimeOffset now)
    {
        if (_windows.Count >= WindowsMax)
        {
            foreach (var key in _windows.Where(entry => entry.Value.IsOver(now)).Select(entry => entry.Key).ToList())
            {
                _windows.Remove(key);
            }
        }
    }
}
