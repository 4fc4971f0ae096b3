using Microsoft.Extensions.Logging;
using Processor.Receiving;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Receiving;

public sealed class PollingTests
{
    [Fact]
    public void Nothing_is_received_that_has_no_slot_to_start_in()
    {
        using var scenario = new Scenario
        {
            Receiving = new() { Slots = 25, SlotsPerPoller = 10 },
        };
        SendEvents(scenario, 400);
        scenario.Aws.Table.Faults.LatencyMax = TimeSpan.FromMilliseconds(80);
        var processor = scenario.NewProcessor();
        var (underWayMax, reservedMax) = (0, 0);
        scenario.Aws.Table.Refuses = _ =>
        {
            underWayMax = Math.Max(underWayMax, processor.InFlight.Count);
            reservedMax = Math.Max(reservedMax, processor.Slots.InUse);
            return false;
        };

        Drain(scenario, processor);

        Assert.Equal(400, scenario.Aws.Table.Events.Count);
        Assert.InRange(underWayMax, 11, 25);
        Assert.InRange(reservedMax, underWayMax, 25);
        Assert.Equal(0, processor.Slots.InUse);
    }

    [Fact]
    public void A_message_that_one_receive_brings_twice_is_worked_on_once_under_its_newest_handle()
    {
        using var scenario = new Scenario();
        SendEvents(scenario, 5);
        scenario.Aws.Queue.TwinRate = 1;

        var processor = scenario.RunUntilEmpty();

        Assert.Equal(5, scenario.Aws.Table.PutsTotal);
        Assert.Equal(5, scenario.Metrics.Sum("genesys.receive.duplicates"));
        Assert.Equal(5, processor.InFlight.Done);
        Assert.Equal(0, processor.Slots.InUse);
    }

    [Fact]
    public void A_queue_that_is_away_is_asked_less_and_less_often_and_said_to_be_away_once()
    {
        using var scenario = new Scenario
        {
            Receiving = new() { Slots = 20, SlotsPerPoller = 20 },
        };
        var processor = scenario.NewProcessor();
        scenario.Aws.Queue.Faults.IsAway = true;
        SendEvents(scenario, 30);
        var asked = 0;

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromMinutes(10), scenario.Time, CancellationToken.None);
            asked = scenario.Aws.Queue.Faults.CallsOf(nameof(IEventQueue.ReceiveAsync));
            scenario.Aws.Queue.Faults.Heal();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(2));
            await processor.DrainAsync();
        });

        // Doubling from half a second to twenty, with full jitter: some 55 calls in ten minutes, not thousands.
        Assert.InRange(asked, 25, 200);
        Assert.Equal(30, scenario.Aws.Table.Events.Count);
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 210 && line.Level == LogLevel.Warning);
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 211 && line.Level == LogLevel.Information);
    }

    [Fact]
    public void A_receive_that_fails_by_a_bug_does_not_end_its_poller()
    {
        using var scenario = new Scenario
        {
            Receiving = new() { Slots = 10, SlotsPerPoller = 10 },
        };
        scenario.Aws.Queue.Faults.Next(nameof(IEventQueue.ReceiveAsync), Fault.Bug, Fault.Bug);
        SendEvents(scenario, 3);

        var processor = scenario.RunUntilEmpty();

        Assert.Equal(3, processor.InFlight.Done);
        Assert.Equal(2, scenario.Logs.Lines.Count(line => line.EventId.Id == 213));
    }

    [Fact]
    public void Messages_of_a_receive_whose_answer_was_lost_come_back_when_visibility_ends()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.Faults.Next(nameof(IEventQueue.ReceiveAsync), Fault.AnswerLost);
        SendEvents(scenario, 3);

        scenario.RunUntilEmpty(within: scenario.Receiving.VisibilityTimeout * 2);

        Assert.Equal(3, scenario.Aws.Table.Events.Count);
    }

    [Fact]
    public void Receives_that_answer_empty_although_there_are_messages_end_nothing()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.EmptyReceiveRate = 0.5;
        SendEvents(scenario, 50);

        scenario.RunUntilEmpty();

        Assert.Equal(50, scenario.Aws.Table.Events.Count);
    }

    [Fact]
    public void What_is_under_way_is_measured_without_the_slots_that_only_wait()
    {
        using var scenario = new Scenario();
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromSeconds(1), scenario.Time, CancellationToken.None);
            Assert.True(processor.Slots.InUse > 0, "Every poller holds room for what its receive may bring.");
            Assert.Equal(0, scenario.Metrics.Observe("genesys.messages.in_flight"));
            await processor.DrainAsync();
        });
    }

    private static void SendEvents(Scenario scenario, int count)
    {
        for (var index = 0; index < count; index++)
        {
            scenario.Aws.Queue.Send(Builders.AnEvent().InConversation($"conversation-{index}").Build());
        }
    }

    private static void Drain(Scenario scenario, ProcessorUnderTest processor) =>
        scenario.Run(async () =>
        {
            processor.Start();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromHours(1));
            await processor.DrainAsync();
        });
}
