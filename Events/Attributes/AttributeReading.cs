using System.Globalization;

namespace Events.Attributes;

/// <summary>Reads attribute text; null where it is missing or is not what it should be.</summary>
internal static class AttributeReading
{
    public static string? Text(this IReadOnlyDictionary<string, string> attributes, string name) =>
        attributes.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    public static int? Number(this IReadOnlyDictionary<string, string> attributes, string name) =>
        int.TryParse(attributes.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static DateTimeOffset? Time(this IReadOnlyDictionary<string, string> attributes, string name) =>
        DateTimeOffset.TryParseExact(
            attributes.Text(name),
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;
}
