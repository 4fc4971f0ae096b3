using Processor.Enrichment.Timeline;
using static Processor.Tests.Enrichment.TimelineSamples;

namespace Processor.Tests.Enrichment;

public sealed class ConversationTimelineTests
{
    private const string Agent = "6aed6d69-5603-5b35-9433-93ddfd49c3a7";
    private const string Queue = "02de9458-06e2-51ce-a98f-d75d3aa4e64a";

    [Fact]
    public void The_life_of_a_call_is_told_by_its_events_alone()
    {
        var summary = Fold(Lifecycle);

        Assert.Equal(ConversationState.WrappedUp, summary.State);
        Assert.Equal(ConversationOutcome.Answered, summary.Outcome);
        Assert.Equal(("VOICE", "INBOUND"), (summary.Media, summary.Direction));
        Assert.Equal(new DateTimeOffset(2026, 3, 19, 14, 0, 0, 120, TimeSpan.Zero), summary.StartedAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 19, 14, 6, 12, 170, TimeSpan.Zero), summary.EndedAt);
        Assert.Equal(new ConversationDurations(372_050, 44_700, 26_900, 280_000, 18_480, 26_000), summary.Durations);
        Assert.Equal((Completeness.Complete, 0), (summary.Completeness, summary.Missing.Count));
        Assert.Equal(new DateTimeOffset(2026, 3, 19, 14, 6, 38, 220, TimeSpan.Zero), summary.EnrichedThrough);
    }

    [Fact]
    public void Who_took_part_is_told_in_the_order_in_which_they_came()
    {
        var participants = Fold(Lifecycle).Participants;

        Assert.Equal(["customer", "flow", "queue", "agent"], participants.Select(participant => participant.Role));
        Assert.Equal([null, null, null, Agent], participants.Select(participant => participant.UserId));
    }

    [Fact]
    public void A_queue_is_visited_from_its_start_to_its_outcome()
    {
        var visit = Assert.Single(Fold(Lifecycle).Queues);

        Assert.Equal((Queue, "ANSWERED", 26_900), (visit.QueueId, visit.Outcome, visit.WaitMs));
        Assert.Equal(TimeSpan.FromMilliseconds(26_900), visit.LeftAt - visit.EnteredAt);
    }

    [Fact]
    public void The_wrap_up_is_the_agents_though_its_event_does_not_name_a_user()
    {
        var wrapUp = Assert.Single(Fold(Without("acw")).WrapUps);

        Assert.Equal((Agent, "e4216a25-7622-583b-a961-4c9fd9458359"), (wrapUp.UserId, wrapUp.Code));
    }

    [Theory]
    [InlineData(ConversationState.Started, "customer.start")]
    [InlineData(ConversationState.InFlow, "customer.start", "flow.start")]
    [InlineData(ConversationState.Waiting, "customer.start", "flow.start", "flow.end", "acd.start")]
    [InlineData(ConversationState.Connected, "customer.start", "acd.start", "user.start")]
    [InlineData(ConversationState.Started, "customer.start", "user.start", "user.end")]
    [InlineData(ConversationState.Ended, "customer.start", "user.start", "user.end", "customer.end")]
    [InlineData(ConversationState.WrappedUp, "customer.start", "user.start", "user.end", "customer.end", "wrapup")]
    [InlineData(ConversationState.WrappedUp, "customer.start", "user.start", "user.end", "customer.end", "acw")]
    public void The_state_follows_from_what_is_open(object state, params string[] steps)
    {
        Assert.Equal(state, Fold(Only(steps)).State);
    }

    [Fact]
    public void A_conversation_is_not_over_when_an_agent_leaves_it()
    {
        var summary = Fold(Without("customer.end", "wrapup", "acw"));

        Assert.Equal((ConversationState.Started, Completeness.Open), (summary.State, summary.Completeness));
        Assert.Null(summary.EndedAt);
    }

    [Fact]
    public void A_customer_who_left_the_queue_abandoned_it()
    {
        var acdEnd = With("acd.end", "\"ANSWERED\"", "\"ABANDON\"");

        var summary = Fold([.. Only("customer.start", "flow.start", "flow.end", "acd.start", "customer.end"), acdEnd]);

        Assert.Equal(ConversationOutcome.Abandoned, summary.Outcome);
    }

    [Fact]
    public void A_call_that_left_the_queue_into_a_flow_flowed_out()
    {
        var acdEnd = With("acd.end", "\"ANSWERED\"", "\"FLOW_OUT\"");

        Assert.Equal(
            ConversationOutcome.FlowedOut,
            Fold([.. Only("customer.start", "acd.start", "customer.end"), acdEnd]).Outcome
        );
    }

    [Fact]
    public void A_call_that_never_reached_a_queue_served_itself()
    {
        Assert.Equal(
            ConversationOutcome.SelfService,
            Fold(Only("customer.start", "flow.start", "flow.end", "customer.end")).Outcome
        );
    }

    [Fact]
    public void An_agent_who_rejected_the_call_did_not_answer_it()
    {
        var rejected = With("user.end", "\"interactingDurationMs\":280000", "\"interactingDurationMs\":0");

        var summary = Fold([.. Only("customer.start", "user.start", "customer.end"), rejected]);

        Assert.Equal((ConversationOutcome.Unknown, ConversationState.Ended), (summary.Outcome, summary.State));
    }

    [Theory]
    [InlineData("user.end", "user.end")]
    [InlineData("user.start", "user.start")]
    [InlineData("acd.end", "acd.end")]
    [InlineData("flow.start", "flow.start")]
    [InlineData("customer.start", "customer.start")]
    public void A_step_that_must_have_happened_and_was_not_seen_is_missing(string lost, string missing)
    {
        var summary = Fold(Without(lost));

        Assert.Equal(Completeness.Partial, summary.Completeness);
        Assert.Equal([missing], summary.Missing);
    }

    [Fact]
    public void The_platform_tells_of_steps_that_never_arrived()
    {
        var summary = Fold(Only("customer.start", "customer.end"), withDetails: true);

        Assert.Equal(["acd.start", "flow.start", "user.start", "wrapup"], summary.Missing);
        Assert.Equal(
            ["agent", "customer", "flow", "queue"],
            summary.Participants.Select(participant => participant.Role).Order()
        );
        Assert.Equal(300_000, summary.Durations.Talk);
        Assert.Equal(
            (Agent, "e4216a25-7622-583b-a961-4c9fd9458359"),
            summary.WrapUps is [var only] ? (only.UserId, only.Code) : default
        );
    }

    [Fact]
    public void With_the_platforms_account_the_complete_life_reads_the_same()
    {
        var alone = Fold(Lifecycle);

        var told = Fold(Lifecycle, withDetails: true);

        Assert.Equal(SummaryText.Of(alone), SummaryText.Of(told with { Details = alone.Details }));
    }

    [Fact]
    public void The_platform_may_know_that_it_is_over_before_our_events_say_so()
    {
        var summary = Fold(Only("customer.start"), withDetails: true);

        Assert.Equal(ConversationState.Ended, summary.State);
        Assert.Contains("customer.end", summary.Missing);
    }

    [Fact]
    public void Work_that_is_taken_up_again_is_wrapped_up_once()
    {
        var acw = Only("acw")[0];
        var again = acw with
        {
            Key = "01773929300000#again-0000000000000000",
            Body = acw.Body.Replace("26000", "31000", StringComparison.Ordinal),
        };

        var summary = Fold([.. Lifecycle, again]);

        Assert.Equal(31_000, summary.Durations.WrapUp);
        Assert.Single(summary.WrapUps);
    }

    [Fact]
    public void Of_two_bodies_of_one_event_the_later_published_counts_and_both_are_told_of()
    {
        var first = Only("user.end")[0];
        var variant = first with
        {
            Key = first.Key[..^16] + "0000000000000000",
            PublishedAt = first.PublishedAt.AddSeconds(1),
            Body = first.Body.Replace("280000", "290000", StringComparison.Ordinal),
        };

        var summary = Fold([variant, .. Lifecycle]);

        Assert.Equal(290_000, summary.Durations.Talk);
        Assert.Equal((16, 1), (summary.Arrival.Events, summary.Arrival.Variants));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"participantId":7,"sessionId":{}}""")]
    [InlineData("""{"participantId":"p","sessionId":"s","interactingDurationMs":"long"}""")]
    [InlineData("{\"participantId\":\"p")]
    public void A_body_of_another_shape_than_expected_takes_nothing_from_the_others(string body)
    {
        var odd = Only("user.start")[0] with { Key = "01773928870121#odd0000000000000-0000000000000000", Body = body };

        var summary = Fold([.. Lifecycle, odd]);

        Assert.Equal((ConversationState.WrappedUp, 280_000), (summary.State, summary.Durations.Talk));
    }

    [Fact]
    public void Events_that_are_of_no_session_are_counted_and_change_nothing_else()
    {
        var transcripts = Lifecycle.Where(recorded => recorded.Kind == "v2.conversations.{id}.transcription").ToList();

        var summary = Fold(transcripts);

        Assert.Equal((2, ConversationState.Started), (summary.Arrival.Events, summary.State));
        Assert.Empty(summary.Participants);
    }

    [Fact]
    public void Late_and_disordered_arrival_is_told()
    {
        var late = Lifecycle[0] with { ReceivedAt = Lifecycle[^1].ReceivedAt.AddMinutes(2) };

        var before = Fold(Lifecycle).Arrival;
        var arrival = Fold([late, .. Lifecycle.Skip(1)]).Arrival;

        Assert.Equal((15, 0), (before.Events, before.Late));
        Assert.Equal((15, 1, before.OutOfOrder + 1), (arrival.Events, arrival.Late, arrival.OutOfOrder));
        Assert.Equal((long)(late.ReceivedAt - late.EventTime).TotalMilliseconds, arrival.LatestMs);
    }

    private static ConversationSummary Fold(IReadOnlyCollection<RecordedEvent> events, bool withDetails = false) =>
        ConversationTimeline.Fold(
            ConversationId,
            events,
            withDetails ? Details : null,
            withDetails ? DetailsState.Present : DetailsState.Pending
        );
}
