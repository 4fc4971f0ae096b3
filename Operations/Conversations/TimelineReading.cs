using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ServiceDefaults;

namespace Operations.Conversations;

/// <summary>Makes timeline events of the items of <c>conversation-events</c>. Pure.</summary>
internal static class TimelineReading
{
    private const int TimeDigits = 14;

    /// <summary>Time, '#', and the half of the event key that is the same for all bodies of an event.</summary>
    private const int NaturalKeyChars = TimeDigits + 1 + 16;

    /// <param name="items">The partition of a conversation.</param>
    /// <param name="histories">Of those that have one, by event key.</param>
    public static IReadOnlyList<TimelineEvent> Read(
        IEnumerable<Dictionary<string, AttributeValue>> items,
        IReadOnlyDictionary<string, EventHistory> histories
    )
    {
        var events = items.Where(RecordedItem.IsEvent).ToList();
        var arrivals = events
            .OrderBy(item => ItemNumbers.In(item, "received"))
            .ThenBy(item => item["event"].S, StringComparer.Ordinal)
            .Select((item, index) => (Sort: item["event"].S, Index: index))
            .ToDictionary(arrival => arrival.Sort, arrival => arrival.Index, StringComparer.Ordinal);
        var variants = events.CountBy(item => NaturalKeyOf(item["event"].S)).ToDictionary(StringComparer.Ordinal);

        var timeline = new List<TimelineEvent>(events.Count);
        var earliestOfLater = int.MaxValue;
        foreach (var item in events.OrderByDescending(item => item["event"].S, StringComparer.Ordinal))
        {
            var sort = item["event"].S;
            var at = DateTimeOffset.FromUnixTimeMilliseconds(
                long.Parse(sort.AsSpan(0, TimeDigits), NumberStyles.None, CultureInfo.InvariantCulture)
            );
            var received = ItemNumbers.InstantIn(item, "received");
            var eventKey = sort[(TimeDigits + 1)..];
            timeline.Add(
                new TimelineEvent(
                    eventKey,
                    item["kind"].S,
                    at,
                    ItemNumbers.InstantIn(item, "published"),
                    received,
                    ItemNumbers.InstantIn(item, "recorded"),
                    arrivals[sort] + 1,
                    received > at ? received - at : TimeSpan.Zero,
                    arrivals[sort] > earliestOfLater,
                    variants[NaturalKeyOf(sort)] > 1,
                    histories.GetValueOrDefault(eventKey)?.Attempts ?? 0,
                    histories.GetValueOrDefault(eventKey)?.Duplicates ?? 0,
                    item.GetValueOrDefault("envelopeId")?.S ?? "",
                    RecordedItem.BodyOf(item)
                )
            );
            earliestOfLater = Math.Min(earliestOfLater, arrivals[sort]);
        }

        timeline.Reverse();
        return timeline;
    }

    /// <param name="items">Of <c>message-attempts</c>: of an event, the record of its first sending and one for each redrive.</param>
    public static IReadOnlyDictionary<string, EventHistory> Histories(
        IEnumerable<Dictionary<string, AttributeValue>> items
    ) =>
        items
            .GroupBy(item => item["eventKey"].S.Split('#', 2)[0], StringComparer.Ordinal)
            .ToDictionary(
                records => records.Key,
                records => new EventHistory(
                    records.Sum(AttemptsIn),
                    records.Sum(item => (int)ItemNumbers.In(item, "duplicates"))
                ),
                StringComparer.Ordinal
            );

    /// <summary>They are counted for each class of failure apart.</summary>
    private static int AttemptsIn(Dictionary<string, AttributeValue> item) =>
        (int)
            item
                .Keys.Where(name => name.EndsWith("Attempts", StringComparison.Ordinal))
                .Sum(name => ItemNumbers.In(item, name));

    /// <param name="item">Of <c>effect-claims</c>.</param>
    public static EffectClaim Effect(string handler, string eventKey, Dictionary<string, AttributeValue> item) =>
        new(
            handler,
            eventKey,
            item.GetValueOrDefault("state")?.S ?? "",
            item.GetValueOrDefault("result")?.S,
            (int)ItemNumbers.In(item, "generation"),
            item.ContainsKey("completedAt") ? ItemNumbers.InstantIn(item, "completedAt") : null
        );

    private static string NaturalKeyOf(string sort) => sort.Length > NaturalKeyChars ? sort[..NaturalKeyChars] : sort;
}
