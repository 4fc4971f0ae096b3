using Processor.Enrichment;
using Processor.Enrichment.Timeline;

namespace Processor.Tests.Enrichment;

/// <summary>Events by conversation, in memory; it passes the same contract tests as the table.</summary>
internal sealed class InMemoryTimelines : ITimelineTable
{
    private readonly Dictionary<string, IReadOnlyList<RecordedEvent>> _events = [];

    public bool IsAway { get; set; }

    /// <summary>The events of every conversation that has none of its own.</summary>
    public IReadOnlyList<RecordedEvent> Otherwise { get; init; } = [];

    public int Reads { get; private set; }

    public void Set(string conversationId, IReadOnlyList<RecordedEvent> events) => _events[conversationId] = events;

    public Task<TimelineRead> ReadAsync(string conversationId, CancellationToken cancellationToken)
    {
        Reads++;
        return Task.FromResult<TimelineRead>(
            IsAway
                ? new TimelineRead.Unavailable("away")
                : new TimelineRead.Found([
                    .. _events
                        .GetValueOrDefault(conversationId, Otherwise)
                        .OrderBy(recorded => recorded.Key, StringComparer.Ordinal),
                ])
        );
    }
}

/// <summary>Summaries in memory; it passes the same contract tests as the table.</summary>
internal sealed class InMemorySummaries : ISummaryTable
{
    private readonly Dictionary<string, ConversationSummary> _summaries = [];

    public bool IsAway { get; set; }

    public IReadOnlyDictionary<string, ConversationSummary> All => _summaries;

    public Task<SummaryWrite> WriteAsync(ConversationSummary summary, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            return Task.FromResult<SummaryWrite>(new SummaryWrite.Unavailable("away"));
        }

        if (_summaries.TryGetValue(summary.ConversationId, out var known) && KnowsMore(known, summary))
        {
            return Task.FromResult<SummaryWrite>(SummaryWrite.Superseded.Instance);
        }

        _summaries[summary.ConversationId] = summary;
        return Task.FromResult<SummaryWrite>(SummaryWrite.Written.Instance);
    }

    private static bool KnowsMore(ConversationSummary known, ConversationSummary summary) =>
        known.EnrichedThrough > summary.EnrichedThrough
        || known.Arrival.Events > summary.Arrival.Events
        || (known.Arrival.Events == summary.Arrival.Events && known.Details > summary.Details);
}
