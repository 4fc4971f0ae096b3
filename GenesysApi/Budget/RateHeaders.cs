using System.Globalization;
using System.Net.Http.Headers;

namespace GenesysApi.Budget;

/// <summary>What <c>inin-ratelimit-*</c> of an answer say of the server's window.</summary>
/// <param name="Count">Calls it counted in this window.</param>
/// <param name="Allowed">Calls it allows in a window.</param>
/// <param name="Reset">How long the window still runs.</param>
public sealed record RateHeaders(int Count, int Allowed, TimeSpan Reset)
{
    /// <summary>A window is a minute; a larger number is no window of this limit.</summary>
    private const int ResetSecondsMax = 120;

    public static RateHeaders? From(HttpResponseHeaders headers) =>
        Number(headers, "inin-ratelimit-count") is { } count
        && Number(headers, "inin-ratelimit-allowed") is > 0 and var allowed
        && Number(headers, "inin-ratelimit-reset") is <= ResetSecondsMax and var reset
            ? new RateHeaders(count, allowed, TimeSpan.FromSeconds(reset))
            : null;

    private static int? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
