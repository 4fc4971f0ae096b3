using System.Buffers.Text;
using System.Text.Json;

namespace Operations.Access;

/// <summary>
/// What an id token says, and whether it may be believed. It came from the token endpoint itself over TLS, which OpenID Connect lets
/// stand in the place of its signature (Core 3.1.3.7, 6); all else is checked: who issued it, for whom, until when, for which login.
/// </summary>
internal static class IdToken
{
    /// <summary>Clocks differ.</summary>
    private static readonly TimeSpan ClockSkewMax = TimeSpan.FromMinutes(2);

    /// <param name="token">As the token endpoint gave it.</param>
    /// <param name="expected">What it has to say.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? FaultOf(string? token, Expected expected, DateTimeOffset now)
    {
        if (token?.Split('.') is not [_, var payload, _])
        {
            return "the provider gave no id token";
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return FaultOf(document.RootElement, expected, now);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return "the id token cannot be read";
        }
    }

    private static string? FaultOf(JsonElement claims, Expected expected, DateTimeOffset now) =>
        Text(claims, "iss") != expected.Issuer ? "the id token was issued by another"
        : !Audience(claims).Contains(expected.ClientId) ? "the id token is for another client"
        : Text(claims, "azp") is { } party && party != expected.ClientId ? "the id token is for another client"
        : !claims.TryGetProperty("exp", out var expires)
        || DateTimeOffset.FromUnixTimeSeconds(expires.GetInt64()) + ClockSkewMax < now
            ? "the id token has expired"
        : string.IsNullOrEmpty(expected.Nonce) || Text(claims, "nonce") != expected.Nonce
            ? "the id token is of another login"
        : string.IsNullOrEmpty(expected.Subject) || Text(claims, "sub") != expected.Subject
            ? "the id token is of another person than the userinfo"
        : null;

    private static List<string?> Audience(JsonElement claims) =>
        !claims.TryGetProperty("aud", out var audience) ? []
        : audience.ValueKind == JsonValueKind.Array ? [.. audience.EnumerateArray().Select(one => one.GetString())]
        : [audience.GetString()];

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <param name="Nonce">Of the login that is under way; kept in its state.</param>
    /// <param name="Subject">Of whom the userinfo endpoint told.</param>
    internal sealed record Expected(string? Issuer, string ClientId, string? Nonce, string? Subject);
}
