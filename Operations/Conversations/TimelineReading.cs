using System.Globalization;
using System.IO.Compression;
using Amazon.DynamoDBv2.Model;

namespace Operations.Conversations;

/// <summary>Makes timeline events of the items of <c>conversation-events</c>. Pure.</summary>
internal static class TimelineReading
{
    private const int TimeDigits = 14;

    /// <summary>Time, '#', and the half of the event key that is the same for all bodies of an event.</summary>
    private const int NaturalKeyChars = TimeDigits + 1 + 16;

    /// <param name="items">The partition of a conversation.</param>
    /// <param name="attempts">How often an event failed, of those that did, by event key.</param>
    public static IReadOnlyList<TimelineEvent> Read(
        IEnumerable<Dictionary<string, AttributeValue>> items,
        IReadOnlyDictionary<string, int> attempts
    )
    {
        var events = items.Where(IsEvent).ToList();
        var arrivals = events
            .OrderBy(item => Number(item, "received"))
            .ThenBy(item => item["event"].S, StringComparer.Ordinal)
            .Select((item, index) => (Sort: item["event"].S, Index: index))
            .ToDictionary(arrival => arrival.Sort, arrival => arrival.Index, StringComparer.Ordinal);
        var variants = events.CountBy(item => NaturalKeyOf(item["event"].S)).ToDictionary(StringComparer.Ordinal);

        var timeline = new List<TimelineEvent>(events.Count);
        var earliestOfLater = int.MaxValue;
        foreach (var item in events.OrderByDescending(item => item["event"].S, StringComparer.Ordinal))
        {
            var sort = item["event"].S;
            var at = At(long.Parse(sort.AsSpan(0, TimeDigits), NumberStyles.None, CultureInfo.InvariantCulture));
            var received = At(Number(item, "received"));
            var eventKey = sort[(TimeDigits + 1)..];
            timeline.Add(
                new TimelineEvent(
                    eventKey,
                    item["kind"].S,
                    at,
                    At(Number(item, "published")),
                    received,
                    At(Number(item, "recorded")),
                    arrivals[sort] + 1,
                    received > at ? received - at : TimeSpan.Zero,
                    arrivals[sort] > earliestOfLater,
                    variants[NaturalKeyOf(sort)] > 1,
                    attempts.GetValueOrDefault(eventKey),
                    item.GetValueOrDefault("envelopeId")?.S ?? "",
                    BodyOf(item)
                )
            );
            earliestOfLater = Math.Min(earliestOfLater, arrivals[sort]);
        }

        timeline.Reverse();
        return timeline;
    }

    /// <summary>The key of an item that holds a piece of a body has a second '#'.</summary>
    private static bool IsEvent(Dictionary<string, AttributeValue> item) =>
        item["event"].S.IndexOf('#') == item["event"].S.LastIndexOf('#');

    private static string NaturalKeyOf(string sort) => sort.Length > NaturalKeyChars ? sort[..NaturalKeyChars] : sort;

    private static string BodyOf(Dictionary<string, AttributeValue> item)
    {
        if (!item.TryGetValue("brotliBody", out var compressed))
        {
            return item.GetValueOrDefault("body")?.S ?? "";
        }

        using var brotli = new BrotliStream(new MemoryStream(compressed.B.ToArray()), CompressionMode.Decompress);
        using var reader = new StreamReader(brotli);
        return reader.ReadToEnd();
    }

    private static long Number(Dictionary<string, AttributeValue> item, string name) =>
        long.Parse(item.GetValueOrDefault(name)?.N ?? "0", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
