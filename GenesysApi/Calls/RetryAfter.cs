using System.Globalization;
using System.Net.Http.Headers;

namespace GenesysApi.Calls;

/// <summary>How long a server asks us to stay away: seconds or a date in the header, however its name is written.</summary>
internal static class RetryAfter
{
    /// <summary>Daily limits ask for hours. More than a day is a mistake (an epoch, perhaps), and must not stop us for years.</summary>
    private static readonly TimeSpan Max = TimeSpan.FromDays(1);

    public static TimeSpan? From(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!headers.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        var text = values.First().Trim();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, Max.TotalSeconds));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? TimeSpan.FromTicks(Math.Clamp((date - now).Ticks, 0, Max.Ticks))
            : null;
    }
}
