using Processor.Enrichment;
using Processor.Enrichment.Timeline;
using Processor.Testing.Outside;
using Processor.Testing.World;
using ServiceDefaults;

namespace Simulation.Tables;

/// <summary>Reads what the Processors recorded, from the table they share.</summary>
internal sealed class SimulatedTimelines(FakeEventTable table, Faults faults, Lifeline life) : ITimelineTable
{
    public Task<TimelineRead> ReadAsync(string conversationId, CancellationToken cancellationToken) =>
        life.CallAsync(
            nameof(SimulatedTimelines),
            () =>
                faults.ServeAsync<TimelineRead>(
                    nameof(SimulatedTimelines),
                    () => Read(conversationId),
                    new TimelineRead.Unavailable("away"),
                    cancellationToken
                )
        );

    private TimelineRead.Found Read(string conversationId) =>
        new([
            .. table
                .EventsOf($"conversation:{conversationId}")
                .Select(item => new RecordedEvent(
                    item.Sort,
                    item.Kind,
                    DateTimeOffset.FromUnixTimeMilliseconds(item.PublishedMs),
                    DateTimeOffset.FromUnixTimeMilliseconds(item.ReceivedMs),
                    RecordedItem.BodyOf(item.Body, item.BrotliBody)
                )),
        ]);
}
