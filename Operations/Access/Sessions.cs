using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Operations.Access;

/// <summary>
/// What ends a login before its cookie does: the secret that let it in is another now, it is as old as a login may become, or it was
/// logged out. A login carries what that takes as claims: a name of its own, when it began, and a mark of its secret.
/// </summary>
internal sealed class Sessions(Tokens tokens, AccessOptions options, TimeProvider time)
{
    private const string Name = "session";
    private const string Began = "session-began";
    private const string Mark = "session-mark";

    /// <summary>Logged out, and when; kept until the cookie would be refused for its age.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>The login of this identity begins now.</summary>
    public ClaimsPrincipal Begin(ClaimsIdentity identity)
    {
        var session = identity.Clone();
        session.AddClaim(new Claim(Name, RandomNumberGenerator.GetHexString(32, lowercase: true)));
        session.AddClaim(new Claim(Began, Seconds(time.GetUtcNow())));
        session.AddClaim(new Claim(Mark, MarkOf(session)));
        return new ClaimsPrincipal(session);
    }

    public bool IsValid(ClaimsPrincipal? user) =>
        user?.Identity is ClaimsIdentity { IsAuthenticated: true } session
        && user.FindFirstValue(Name) is { } name
        && !_ended.ContainsKey(name)
        && long.TryParse(user.FindFirstValue(Began), NumberStyles.None, CultureInfo.InvariantCulture, out var began)
        && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(began) < options.SessionMax
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(user.FindFirstValue(Mark) ?? ""),
            Encoding.UTF8.GetBytes(MarkOf(session))
        );

    /// <summary>Whoever has a copy of its cookie, or a page open, is out too.</summary>
    public void End(ClaimsPrincipal user)
    {
        if (!IsValid(user))
        {
            return;
        }

        var now = time.GetUtcNow();
        _ended[user.FindFirstValue(Name)!] = now;
        foreach (var (name, at) in _ended)
        {
            if (now - at > options.SessionMax)
            {
                _ended.TryRemove(name, out _);
            }
        }
    }

    private string MarkOf(ClaimsIdentity session) =>
        session.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme
            ? tokens.MarkOf(session.FindFirst(ClaimTypes.Role)?.Value)
            : OpenIdMark();

    /// <summary>With another provider, another client or another rule of who may act, people log in anew.</summary>
    private string OpenIdMark()
    {
        var open = options.OpenId;
        return Tokens.MarkWith(
            open.ClientSecret?.Reveal() ?? "",
            string.Join('\n', open.Authority, open.ClientId, open.RoleClaim, open.OperatorRole, open.ReaderRole)
        );
    }

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
