using Processor.Enrichment;
using Processor.Enrichment.Timeline;

namespace Processor.Tests.Enrichment;

/// <summary>What every table of summaries keeps to: knowledge only grows.</summary>
public abstract class SummaryTableContract
{
    private readonly string _conversationId = Guid.NewGuid().ToString();

    private protected abstract ISummaryTable Table { get; }

    [Fact]
    public async Task A_first_summary_is_written()
    {
        Assert.IsType<SummaryWrite.Written>(await WriteAsync(events: 3, DetailsState.Pending));
    }

    [Fact]
    public async Task The_same_summary_is_written_again_without_harm()
    {
        await WriteAsync(events: 3, DetailsState.Present);

        Assert.IsType<SummaryWrite.Written>(await WriteAsync(events: 3, DetailsState.Present));
    }

    [Fact]
    public async Task A_summary_of_fewer_events_does_not_replace_one_of_more()
    {
        await WriteAsync(events: 5, DetailsState.Pending);

        Assert.IsType<SummaryWrite.Superseded>(await WriteAsync(events: 4, DetailsState.Present));
    }

    [Fact]
    public async Task A_summary_that_goes_back_in_time_does_not_replace_one_that_goes_farther()
    {
        await WriteAsync(events: 15, DetailsState.Pending);
        var behind = Summary(events: 14, DetailsState.Pending);

        var write = await Table.WriteAsync(
            behind with
            {
                Arrival = behind.Arrival with { Events = 16 },
            },
            TestContext.Current.CancellationToken
        );

        Assert.IsType<SummaryWrite.Superseded>(write);
    }

    [Fact]
    public async Task Of_the_same_events_the_summary_with_details_stays()
    {
        await WriteAsync(events: 5, DetailsState.Pending);

        Assert.IsType<SummaryWrite.Written>(await WriteAsync(events: 5, DetailsState.Present));
        Assert.IsType<SummaryWrite.Superseded>(await WriteAsync(events: 5, DetailsState.Unavailable));
        Assert.IsType<SummaryWrite.Superseded>(await WriteAsync(events: 5, DetailsState.Pending));
    }

    [Fact]
    public async Task More_events_count_for_more_than_details()
    {
        await WriteAsync(events: 5, DetailsState.Present);

        Assert.IsType<SummaryWrite.Written>(await WriteAsync(events: 6, DetailsState.Pending));
    }

    [Fact]
    public async Task An_event_that_arrives_late_is_taken_in_though_it_is_not_the_latest()
    {
        var withoutFirst = TimelineSamples.Lifecycle.Skip(1).ToList();
        var early = ConversationTimeline.Fold(_conversationId, withoutFirst, details: null, DetailsState.Pending);
        await Table.WriteAsync(early, TestContext.Current.CancellationToken);

        Assert.IsType<SummaryWrite.Written>(await WriteAsync(events: 15, DetailsState.Pending));
    }

    private protected ConversationSummary Summary(int events, DetailsState details) =>
        ConversationTimeline.Fold(_conversationId, [.. TimelineSamples.Lifecycle.Take(events)], details: null, details);

    private protected Task<SummaryWrite> WriteAsync(int events, DetailsState details) =>
        Table.WriteAsync(Summary(events, details), TestContext.Current.CancellationToken);
}
