using System.Globalization;

namespace Processor.Enrichment.Timeline;

/// <summary>An event as it stands in the table.</summary>
/// <param name="Key">Sort key: event time in ms, 14 digits, and the event key.</param>
/// <param name="Kind">The detail-type.</param>
/// <param name="PublishedAt">When Genesys published it.</param>
/// <param name="ReceivedAt">When it arrived here.</param>
/// <param name="Body">The event body as text.</param>
internal sealed record RecordedEvent(
    string Key,
    string Kind,
    DateTimeOffset PublishedAt,
    DateTimeOffset ReceivedAt,
    string Body
)
{
    private const int TimeDigits = 14;

    /// <summary>Time, '#', and the first half of <see cref="Events.GenesysEvent.EventKey"/>.</summary>
    private const int NaturalKeyChars = TimeDigits + 1 + 16;

    public DateTimeOffset EventTime { get; } =
        DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(Key.AsSpan(0, TimeDigits), NumberStyles.None, CultureInfo.InvariantCulture)
        );

    /// <summary>Equal for two bodies of what is one event to Genesys.</summary>
    public string NaturalKey { get; } = Key.Length > NaturalKeyChars ? Key[..NaturalKeyChars] : Key;
}
