using Events.DeadLetters;
using Processor.Recording;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Recording;

public sealed class RecordingTests
{
    private const string Write = nameof(IEventTable.WriteAsync);

    [Fact]
    public void A_receive_of_ten_is_one_write()
    {
        using var scenario = new Scenario();
        SendEvents(scenario, 10);

        scenario.RunUntilEmpty();

        Assert.Equal(1, scenario.Aws.Table.Faults.CallsOf(Write));
        Assert.Equal(10, scenario.Aws.Table.Events.Count);
    }

    [Fact]
    public void Receives_that_come_together_share_their_writes()
    {
        using var scenario = new Scenario();
        scenario.Aws.Table.Faults.LatencyMax = TimeSpan.FromMilliseconds(10);
        SendEvents(scenario, 80);

        scenario.RunUntilEmpty();

        Assert.Equal(80, scenario.Aws.Table.PutsTotal);
        Assert.InRange(scenario.Aws.Table.Faults.CallsOf(Write), 4, 6);
    }

    [Fact]
    public void Items_that_the_table_left_unprocessed_are_written_again_and_only_those()
    {
        using var scenario = new Scenario();
        scenario.Aws.Table.Faults.Next(Write, Fault.Partial(2, 5), Fault.Partial(1));
        SendEvents(scenario, 10);

        scenario.RunUntilEmpty();

        Assert.Equal(10, scenario.Aws.Table.PutsTotal);
        Assert.Equal(3, scenario.Aws.Table.Faults.CallsOf(Write));
        Assert.Equal(10, scenario.Aws.Queue.ReceivedTotal);
    }

    [Fact]
    public void Items_that_stay_unprocessed_go_back_to_the_queue_and_are_not_deleted()
    {
        using var scenario = new Scenario();
        scenario.Aws.Table.Faults.Next(Write, [.. Enumerable.Repeat(Fault.Partial(0), 4)]);
        SendEvents(scenario, 3);

        scenario.RunUntilEmpty();

        Assert.Equal(3, scenario.Aws.Table.Events.Count);
        Assert.Equal(4, scenario.Aws.Queue.ReceivedTotal);
        Assert.Equal(1, scenario.Metrics.Sum("genesys.outcomes", ("reason", "table-throttled")));
    }

    [Fact]
    public void A_throttled_table_costs_no_attempt_no_dead_letter_and_few_receives()
    {
        using var scenario = new Scenario();
        SendEvents(scenario, 500);
        scenario.Aws.Table.Faults.IsAway = true;
        var processor = scenario.NewProcessor();
        var (received, receivesMax) = (0, 0);

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromHours(2), scenario.Time, CancellationToken.None);
            received = scenario.Aws.Queue.ReceivedTotal;
            receivesMax = scenario.Aws.Queue.Messages.Max(message => message.ReceiveCount);
            Assert.Equal(500, scenario.Aws.Queue.Messages.Count);
            scenario.Aws.Table.Faults.Heal();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(5));
            await processor.DrainAsync();
        });

        // What there were slots for, and then one a pause: of 10 s, on the average. Chance has some of them probe more often than others: of eight seeds nine times at the most, with shared writes and without.
        var slots = scenario.Receiving.Slots;
        Assert.InRange(received, slots, slots + 1000);
        Assert.InRange(receivesMax, 1, 9);
        Assert.Equal(500, scenario.Aws.Table.Events.Count);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
        Assert.Empty(scenario.Aws.DeadLetters.Letters);
        Assert.Empty(scenario.Aws.Queue.MovedByPolicy);
    }

    [Fact]
    public void While_the_table_is_closed_one_message_at_a_time_finds_out_whether_it_is_back()
    {
        using var scenario = new Scenario();
        SendEvents(scenario, 500);
        scenario.Aws.Table.Faults.IsAway = true;

        scenario.RunFor(TimeSpan.FromMinutes(10));

        // What there were slots for came before the first refusal, ten to twenty-five at a time. Then one message a pause.
        var slots = scenario.Receiving.Slots;
        var probes = scenario.Aws.Queue.ReceivedTotal - slots;
        Assert.InRange(probes, 30, 200);
        Assert.InRange(scenario.Aws.Table.Faults.CallsOf(Write) - probes, slots / 25, slots / 10);
    }

    [Fact]
    public void A_write_whose_answer_was_lost_is_simply_made_again()
    {
        using var scenario = new Scenario();
        scenario.Aws.Table.Faults.Next(Write, Fault.AnswerLost);
        SendEvents(scenario, 10);

        scenario.RunUntilEmpty();

        Assert.Equal(10, scenario.Aws.Table.Events.Count);
        Assert.Equal(20, scenario.Aws.Table.PutsTotal);
    }

    [Fact]
    public void One_item_that_the_table_refuses_does_not_sink_the_other_nine()
    {
        using var scenario = new Scenario();
        SendEvents(scenario, 10);
        scenario.Aws.Table.Refuses = item => item.Subject.EndsWith("-7", StringComparison.Ordinal);

        scenario.RunUntilEmpty();

        Assert.Equal(9, scenario.Aws.Table.Events.Count);
        var letter = Assert.Single(scenario.Aws.DeadLetters.Letters);
        Assert.Equal(("table-refused", FailureClass.Permanent), (letter.About.Reason, letter.About.Class));
        Assert.Contains("conversation-7", letter.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bug_in_the_table_is_the_failure_of_its_batch_and_of_nobody_else()
    {
        using var scenario = new Scenario();
        scenario.Aws.Table.Faults.Next(Write, Fault.Bug);
        SendEvents(scenario, 30);

        scenario.RunUntilEmpty();

        Assert.Equal(30, scenario.Aws.Table.Events.Count);
        Assert.Equal(10, scenario.Metrics.Sum("genesys.outcomes", ("reason", "unexpected-error")));
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 200);
    }

    [Fact]
    public void Two_deliveries_of_one_event_in_a_batch_are_one_write()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.Send(Builders.AnEvent().UnderEnvelope("1").Build());
        scenario.Aws.Queue.Send(Builders.AnEvent().UnderEnvelope("2").Build());

        scenario.RunUntilEmpty();

        Assert.Equal(1, scenario.Aws.Table.PutsTotal);
        Assert.Equal(1, scenario.Metrics.Sum("genesys.events.duplicates"));
    }

    [Fact]
    public void A_duplicate_that_comes_later_costs_no_write()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.Send(Builders.AnEvent().Build());
        scenario.Aws.Queue.Send(Builders.AnEvent().UnderEnvelope("2").Build(), delay: TimeSpan.FromMinutes(10));

        scenario.RunUntilEmpty();

        Assert.Equal(1, scenario.Aws.Table.PutsTotal);
    }

    [Fact]
    public void One_event_in_two_batches_at_once_is_a_duplicate_and_no_variant()
    {
        using var scenario = new Scenario();
        scenario.Aws.Table.Faults.Next("WriteAsync", Fault.Late(TimeSpan.FromSeconds(2)));
        scenario.Aws.Queue.Send(Builders.AnEvent().Build());
        scenario.Aws.Queue.Send(Builders.AnEvent().UnderEnvelope("2").Build(), delay: TimeSpan.FromSeconds(1));

        scenario.RunUntilEmpty();

        Assert.Equal(2, scenario.Aws.Table.PutsTotal);
        Assert.Equal(
            (1, 0),
            (scenario.Metrics.Sum("genesys.events.duplicates"), scenario.Metrics.Sum("genesys.events.variants"))
        );
    }

    [Fact]
    public void Two_bodies_under_one_natural_key_are_both_kept_and_counted_as_variants()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.Send(Builders.AnEvent().With("queueId", "queue-1").Build());
        scenario.Aws.Queue.Send(Builders.AnEvent().With("queueId", "queue-2").Build());

        scenario.RunUntilEmpty();

        Assert.Equal(2, scenario.Aws.Table.Events.Count);
        Assert.Equal(1, scenario.Metrics.Sum("genesys.events.variants"));
    }

    [Fact]
    public void An_event_of_an_unknown_topic_is_recorded_all_the_same_and_counted_as_schema_drift()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.Send(Builders.AnEvent().OfStep("invented.yesterday").Build());

        scenario.RunUntilEmpty();

        Assert.StartsWith("topic:", Assert.Single(scenario.Aws.Table.Events).Subject, StringComparison.Ordinal);
        Assert.Equal(1, scenario.Metrics.Sum("genesys.events.schema_drift"));
    }

    [Fact]
    public void The_head_of_a_large_body_is_written_after_all_its_parts()
    {
        using var scenario = new Scenario();
        var written = new List<string>();
        scenario.Aws.Table.Refuses = item =>
        {
            written.Add(item.Sort);
            return false;
        };
        scenario.Aws.Queue.Send(Builders.AnEvent().OfSize(300_000).Build());

        scenario.RunUntilEmpty();

        Assert.True(written.Count > 2, $"{written.Count} items");
        Assert.Equal(Assert.Single(scenario.Aws.Table.Events).Sort, written[^1]);
    }

    [Fact]
    public void A_large_body_whose_parts_are_not_written_has_no_head_and_comes_again()
    {
        using var scenario = new Scenario();
        scenario.Aws.Table.Faults.Next(Write, Fault.None, Fault.Away);
        scenario.Aws.Queue.Send(Builders.AnEvent().OfSize(300_000).Build());

        scenario.RunUntilEmpty();

        Assert.Single(scenario.Aws.Table.Events);
        Assert.Equal(1, scenario.Metrics.Sum("genesys.outcomes", ("reason", "table-unavailable")));
    }

    [Fact]
    public void An_event_that_waited_is_kept_as_received_when_it_came_first()
    {
        using var scenario = new Scenario();
        var firstSentAt = scenario.Now - TimeSpan.FromDays(2);
        scenario.Aws.Queue.Send(
            Builders.AnEvent().Build(),
            new Dictionary<string, string> { ["first-sent-at"] = firstSentAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'") }
        );

        scenario.RunUntilEmpty();

        Assert.Equal(firstSentAt.ToUnixTimeMilliseconds(), Assert.Single(scenario.Aws.Table.Events).ReceivedMs);
    }

    private static void SendEvents(Scenario scenario, int count)
    {
        for (var index = 0; index < count; index++)
        {
            scenario.Aws.Queue.Send(Builders.AnEvent().InConversation($"conversation-{index}").Build());
        }
    }
}
