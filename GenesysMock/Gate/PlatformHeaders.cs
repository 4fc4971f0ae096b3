using System.Globalization;
using GenesysMock.Limits;

namespace GenesysMock.Gate;

/// <summary>The headers of every answer.</summary>
internal static class PlatformHeaders
{
    public const string CorrelationId = "ININ-Correlation-Id";

    public static void WritePlatform(this IHeaderDictionary headers)
    {
        headers[CorrelationId] = Guid.NewGuid().ToString();
        headers.StrictTransportSecurity = "max-age=600; includeSubDomains";
        headers.CacheControl = "no-cache, no-store, must-revalidate";
        headers.Pragma = "no-cache";
        headers.Expires = "0";
    }

    public static void WriteWindow(this IHeaderDictionary headers, WindowReading window)
    {
        headers["inin-ratelimit-count"] = window.Count.ToString(CultureInfo.InvariantCulture);
        headers["inin-ratelimit-allowed"] = window.Allowed.ToString(CultureInfo.InvariantCulture);
        headers["inin-ratelimit-reset"] = window.ResetSeconds.ToString(CultureInfo.InvariantCulture);
    }
}
