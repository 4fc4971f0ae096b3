using System.Net.Http.Headers;
using GenesysMock.Login;

namespace GenesysMock.Gate;

/// <summary>Who asks: the token in the Authorization header, and whether it is still worth anything.</summary>
internal sealed class BearerToken(TimeProvider time, TokenStore tokens)
{
    /// <summary>The token and no error, a known token and why it is refused, or no token at all and why.</summary>
    public (IssuedToken? Token, ApiError? Error) Read(HttpRequest request) =>
        TextOf(request) is { } text ? Judge(tokens.Find(text)) : (null, ApiError.NoToken);

    private (IssuedToken? Token, ApiError? Error) Judge(IssuedToken? token)
    {
        if (token is null or { Revoked: true })
        {
            return (token, ApiError.BadCredentials);
        }

        return token.ExpiresAt <= time.GetUtcNow() ? (token, ApiError.Expired) : (token, null);
    }

    private static string? TextOf(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var authorization)
        && authorization.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        && authorization.Parameter is { Length: > 0 } text
            ? text
            : null;
}
