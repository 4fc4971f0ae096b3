using Processor.Enrichment;
using Processor.Enrichment.Timeline;

namespace Processor.Tests.Enrichment;

/// <summary>What enrichment relies on when it reads a conversation's events.</summary>
public abstract class TimelineTableContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A table in which the sample call was recorded, its last event first.</summary>
    private protected abstract Task<ITimelineTable> NewTableAsync();

    private protected abstract ITimelineTable NewMissingTable();

    [Fact]
    public async Task The_events_of_a_conversation_are_read_in_order_of_their_time()
    {
        var table = await NewTableAsync();

        var events = await ReadAsync(table, TimelineSamples.ConversationId);

        Assert.Equal(
            TimelineSamples.Lifecycle.Select(recorded => recorded.Key).Order(StringComparer.Ordinal),
            events.Select(recorded => recorded.Key)
        );
        Assert.Equal(
            TimelineSamples.Lifecycle.Select(recorded => recorded.Body).Order(StringComparer.Ordinal),
            events.Select(recorded => recorded.Body).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_conversation_without_events_has_an_empty_timeline() =>
        Assert.Empty(await ReadAsync(await NewTableAsync(), "nobody"));

    [Fact]
    public async Task A_table_that_is_not_there_is_no_answer_and_no_exception() =>
        Assert.IsType<TimelineRead.Unavailable>(await NewMissingTable().ReadAsync("c1", Token));

    private protected static async Task<IReadOnlyList<RecordedEvent>> ReadAsync(
        ITimelineTable table,
        string conversationId
    ) => Assert.IsType<TimelineRead.Found>(await table.ReadAsync(conversationId, Token)).Events;
}
