using Processor.Enrichment.Timeline;

namespace Processor.Enrichment;

/// <summary>A seam: what <c>conversation-events</c> holds of a conversation; the simulator reads its own table.</summary>
internal interface ITimelineTable
{
    /// <summary>All events of the conversation that were recorded before the call, in order of their time.</summary>
    Task<TimelineRead> ReadAsync(string conversationId, CancellationToken cancellationToken);
}

internal abstract record TimelineRead
{
    private TimelineRead() { }

    internal sealed record Found(IReadOnlyList<RecordedEvent> Events) : TimelineRead;

    internal sealed record Unavailable(string Reason) : TimelineRead;
}
