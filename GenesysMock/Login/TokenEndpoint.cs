using System.Net.Http.Headers;
using System.Text;
using GenesysMock.Faults;
using GenesysMock.Gate;
using GenesysMock.Scenarios;
using GenesysMock.Truth;
using Microsoft.Extensions.Options;

namespace GenesysMock.Login;

/// <summary><c>POST /oauth/token</c>, client credentials only: id and secret in the Basic header, the grant in a form.</summary>
internal sealed class TokenEndpoint(
    Behaviour behaviour,
    TokenStore tokens,
    TokenThrottle throttle,
    FaultInjector faults,
    FaultPlayer player,
    ApiTruth truth,
    IOptions<LoginOptions> options
)
{
    public const string Path = "/oauth/token";

    private const string Endpoint = $"POST {Path}";

    public async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.WritePlatform();
        await player.DelayAsync(context, faults.Delay(Endpoint));
        if (faults.Next(Endpoint) is { } fault)
        {
            await player.PlayAsync(context, fault);
            return;
        }

        switch (await LogInAsync(context))
        {
            case LoginOutcome.Granted granted:
                truth.TokenMinted();
                await context.AnswerAsync(
                    new Dictionary<string, object>
                    {
                        ["access_token"] = granted.Token,
                        ["token_type"] = "bearer",
                        ["expires_in"] = (int)granted.Lifetime.TotalSeconds,
                    }
                );
                break;
            case LoginOutcome.Throttled throttled:
                truth.TokenThrottled();
                await RefuseAsync(
                    context,
                    StatusCodes.Status400BadRequest,
                    "invalid_request",
                    $"rate limit exceeded; try again in {Math.Ceiling(throttled.RetryAfter.TotalSeconds)} seconds"
                );
                break;
            case LoginOutcome.Refused refused:
                truth.LoginRefused();
                await RefuseAsync(context, refused.Status, refused.Error, refused.Description);
                break;
        }
    }

    private async Task<LoginOutcome> LogInAsync(HttpContext context)
    {
        if (CredentialsOf(context.Request) is not var (clientId, secret))
        {
            return InvalidClient("client authentication by a Basic authorization header is required");
        }

        if (!context.Request.HasFormContentType)
        {
            return new LoginOutcome.Refused(400, "invalid_request", "the body must be a form");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["grant_type"] != "client_credentials")
        {
            return new LoginOutcome.Refused(400, "unsupported_grant_type", "grant_type must be client_credentials");
        }

        var limits = behaviour.Limits;
        if (throttle.Refuses(clientId, limits.TokenBurst, limits.TokensPerSecond) is { } retryAfter)
        {
            return new LoginOutcome.Throttled(retryAfter);
        }

        var clients = options.Value.Clients;
        var client = clients.FirstOrDefault(client => client.Id == clientId && client.Secret == secret);
        if (client is null && clients.Count > 0)
        {
            return InvalidClient("client not found or its secret is wrong");
        }

        var lifetime = TimeSpan.FromSeconds(client?.TokenLifetimeSeconds ?? limits.TokenLifetimeSeconds);
        return new LoginOutcome.Granted(tokens.Mint(clientId, lifetime), lifetime);
    }

    private LoginOutcome.Refused InvalidClient(string description) =>
        new(options.Value.InvalidClientStatus, "invalid_client", description);

    private static (string Id, string Secret)? CredentialsOf(HttpRequest request)
    {
        if (
            !AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var authorization)
            || !authorization.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[512];
        if (!Convert.TryFromBase64String(authorization.Parameter ?? "", bytes, out var length))
        {
            return null;
        }

        var text = Encoding.Latin1.GetString(bytes[..length]);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? (text[..colon], text[(colon + 1)..]) : null;
    }

    private static Task RefuseAsync(HttpContext context, int status, string error, string description) =>
        context.AnswerAsync(
            new Dictionary<string, object>
            {
                ["error"] = error,
                ["description"] = description,
                ["error_description"] = description,
            },
            status
        );
}
