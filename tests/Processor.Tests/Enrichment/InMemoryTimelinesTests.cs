using Processor.Enrichment;

namespace Processor.Tests.Enrichment;

public sealed class InMemoryTimelinesTests : TimelineTableContract
{
    private protected override Task<ITimelineTable> NewTableAsync()
    {
        var table = new InMemoryTimelines();
        table.Set(TimelineSamples.ConversationId, [.. TimelineSamples.Lifecycle.Reverse()]);
        return Task.FromResult<ITimelineTable>(table);
    }

    private protected override ITimelineTable NewMissingTable() => new InMemoryTimelines { IsAway = true };
}
