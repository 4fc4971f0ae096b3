using Processor.Enrichment;
using Processor.Enrichment.Timeline;
using Processor.Testing.Outside;
using Processor.Testing.World;

namespace Simulation.Tables;

/// <summary>The table <c>conversations</c> in memory, with the condition of the real one.</summary>
internal sealed class SimulatedSummaries(Faults faults)
{
    private readonly Dictionary<string, ConversationSummary> _summaries = [];

    public IReadOnlyDictionary<string, ConversationSummary> All => _summaries;

    /// <summary>The table as one process sees it.</summary>
    public ISummaryTable SeenBy(Lifeline life) => new View(this, life);

    private SummaryWrite Write(ConversationSummary summary)
    {
        if (_summaries.TryGetValue(summary.ConversationId, out var known) && KnowsMore(known, summary))
        {
            return SummaryWrite.Superseded.Instance;
        }

        _summaries[summary.ConversationId] = summary;
        return SummaryWrite.Written.Instance;
    }

    private static bool KnowsMore(ConversationSummary known, ConversationSummary summary) =>
        known.EnrichedThrough > summary.EnrichedThrough
        || known.Arrival.Events > summary.Arrival.Events
        || (known.Arrival.Events == summary.Arrival.Events && known.Details > summary.Details);

    private sealed class View(SimulatedSummaries table, Lifeline life) : ISummaryTable
    {
        private readonly Faults _faults = table.Faults;

        public Task<SummaryWrite> WriteAsync(ConversationSummary summary, CancellationToken cancellationToken) =>
            life.CallAsync(
                nameof(SimulatedSummaries),
                () =>
                    _faults.ServeAsync(
                        nameof(SimulatedSummaries),
                        () => table.Write(summary),
                        new SummaryWrite.Unavailable("away"),
                        cancellationToken
                    )
            );
    }

    public Faults Faults { get; } = faults;
}
