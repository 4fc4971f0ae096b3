using Processor.Enrichment;
using Processor.Enrichment.Timeline;
using Processor.Recording;
using Processor.Testing.Outside;
using Processor.Testing.World;
using ServiceDefaults;

namespace Simulation.Tables;

/// <summary>Reads what the Processors recorded, from the table they share.</summary>
internal sealed class SimulatedTimelines(FakeEventTable table, Faults faults)
{
    /// <summary>Bodies are read again and again, and to unpack one costs more than all the rest of a read.</summary>
    private readonly Dictionary<EventItem, RecordedEvent> _read = new(ReferenceEqualityComparer.Instance);

    /// <summary>The table as one process sees it.</summary>
    public ITimelineTable SeenBy(Lifeline life) => new View(this, life);

    /// <summary>Of each conversation, by how many events a read found, which those were: a timeline only grows.</summary>
    public Dictionary<(string ConversationId, int Events), HashSet<string>> Found { get; } = [];

    private TimelineRead.Found Read(string conversationId)
    {
        var events = table.EventsOf($"conversation:{conversationId}");
        if (!Found.ContainsKey((conversationId, events.Count)))
        {
            Found[(conversationId, events.Count)] = [.. events.Select(item => item.Sort)];
        }

        return new TimelineRead.Found([.. events.Select(Read)]);
    }

    private RecordedEvent Read(EventItem item)
    {
        if (!_read.TryGetValue(item, out var recorded))
        {
            _read[item] = recorded = new RecordedEvent(
                item.Sort,
                item.Kind,
                DateTimeOffset.FromUnixTimeMilliseconds(item.PublishedMs),
                DateTimeOffset.FromUnixTimeMilliseconds(item.ReceivedMs),
                RecordedItem.BodyOf(item.Body, item.BrotliBody)
            );
        }

        return recorded;
    }

    private sealed class View(SimulatedTimelines table, Lifeline life) : ITimelineTable
    {
        private readonly Faults _faults = table.Faults;

        public Task<TimelineRead> ReadAsync(string conversationId, CancellationToken cancellationToken) =>
            life.CallAsync(
                nameof(SimulatedTimelines),
                () =>
                    _faults.ServeAsync<TimelineRead>(
                        nameof(SimulatedTimelines),
                        () => table.Read(conversationId),
                        new TimelineRead.Unavailable("away"),
                        cancellationToken
                    )
            );
    }

    public Faults Faults { get; } = faults;
}
