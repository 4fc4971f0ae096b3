using System.Globalization;
using System.Text;

namespace Operations.Layout;

/// <summary>How values are written on pages.</summary>
internal static class Shown
{
    public static string Time(DateTimeOffset? at) =>
        at is null ? "–" : at.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Precisely(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string Span(TimeSpan span) =>
        span < TimeSpan.Zero ? "over"
        : span < TimeSpan.FromSeconds(1) ? $"{span.TotalMilliseconds:0} ms"
        : span < TimeSpan.FromMinutes(2) ? $"{span.TotalSeconds:0.0} s"
        : span < TimeSpan.FromHours(2) ? $"{span.TotalMinutes:0} min"
        : span < TimeSpan.FromDays(2) ? $"{span.TotalHours:0} h"
        : $"{span.TotalDays:0} d";

    public static string Number(double? value, string format = "0.#") =>
        value is null ? "–" : value.Value.ToString(format, CultureInfo.InvariantCulture);

    public static string Bytes(int bytes) => bytes < 2_048 ? $"{bytes} B" : $"{bytes / 1024.0:0.#} KiB";

    /// <summary>
    /// Text from outside as it is, but for characters that would make it look like other text: those that turn the direction of writing
    /// round, and controls.
    /// </summary>
    public static string Text(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var one in text)
        {
            if (IsDeceptive(one))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)one:x4}");
            }
            else
            {
                shown.Append(one);
            }
        }

        return shown.ToString();
    }

    private static bool IsDeceptive(char one) =>
        one
            is (>= '\u202A' and <= '\u202E')
                or (>= '\u2066' and <= '\u2069')
                or '\u200E'
                or '\u200F'
                or '\u061C'
                or '\uFEFF'
        || (char.IsControl(one) && one is not ('\n' or '\t'));
}
