using GenesysApi.Calls;

namespace GenesysApi.Budget;

/// <summary>
/// Whether a refusal is meant for every call or for this endpoint alone. The namespace <c>platform.api</c> has both kinds, daily
/// limits among them: taken for everybody's, one of those would close the whole API for hours.
/// </summary>
internal static class LimitScope
{
    private const string PlatformNamespace = "platform.api";

    /// <summary>The limit of a token; with <c>client.credentials.</c> before it where the token is a client's.</summary>
    private const string OfToken = "token.rate.per.minute";

    private const string OfOrganization = "org.";
    private const string OfClient = "client.";

    /// <param name="limit">What the refusal names. The oldest refusals name nothing.</param>
    /// <param name="headers">They are of the token's own window, whichever limit refused.</param>
    public static bool CountsEveryCall(LimitBody? limit, RateHeaders? headers) =>
        limit?.Key is { } key
            ? limit.Namespace is null or PlatformNamespace && IsGlobal(key)
            : headers is { } window && window.Count >= window.Allowed;

    private static bool IsGlobal(string key) =>
        key.EndsWith(OfToken, StringComparison.Ordinal)
        || key.StartsWith(OfOrganization, StringComparison.Ordinal)
        || key.StartsWith(OfClient, StringComparison.Ordinal);
}
