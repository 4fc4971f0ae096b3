namespace Processor.Enrichment.Timeline;

/// <summary>How a conversation's events arrived: what an operator asks when a summary came late or looks odd.</summary>
/// <param name="Events">Events folded.</param>
/// <param name="Variants">Events that came with more than one body.</param>
/// <param name="Late">Events that arrived more than a minute after they happened.</param>
/// <param name="OutOfOrder">Events that arrived after one that happened later.</param>
/// <param name="LatestMs">The longest time from event to arrival.</param>
internal sealed record ArrivalSummary(int Events, int Variants, int Late, int OutOfOrder, long LatestMs)
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(1);

    public static ArrivalSummary Of(IReadOnlyCollection<RecordedEvent> events)
    {
        var outOfOrder = 0;
        var latest = DateTimeOffset.MinValue;
        var byArrival = events
            .OrderBy(recorded => recorded.ReceivedAt)
            .ThenBy(recorded => recorded.Key, StringComparer.Ordinal);
        foreach (var recorded in byArrival)
        {
            outOfOrder += recorded.EventTime < latest ? 1 : 0;
            latest = recorded.EventTime > latest ? recorded.EventTime : latest;
        }

        return new ArrivalSummary(
            events.Count,
            events.Count - events.Select(recorded => recorded.NaturalKey).Distinct(StringComparer.Ordinal).Count(),
            events.Count(recorded => recorded.ReceivedAt - recorded.EventTime > LateAfter),
            outOfOrder,
            events.Max(recorded => Math.Max(0, (long)(recorded.ReceivedAt - recorded.EventTime).TotalMilliseconds))
        );
    }
}
