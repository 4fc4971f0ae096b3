using Processor.Receiving;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Settlement;

public sealed class DeletingTests
{
    private const string Delete = nameof(IEventQueue.DeleteAsync);
    private const string Hide = nameof(IEventQueue.ChangeVisibilityAsync);

    [Fact]
    public void Ten_deletes_are_one_call()
    {
        using var scenario = new Scenario();
        SendEvents(scenario, 10);

        scenario.RunUntilEmpty();

        Assert.Equal(1, scenario.Aws.Queue.Faults.CallsOf(Delete));
    }

    [Fact]
    public void A_delete_that_finds_no_company_waits_no_longer_than_the_linger()
    {
        using var scenario = new Scenario();
        SendEvents(scenario, 1);
        var began = scenario.Now;

        scenario.RunUntilEmpty();

        Assert.InRange(
            scenario.Now - began,
            scenario.Settlement.Linger,
            scenario.Settlement.Linger + scenario.Receiving.WaitTime + TimeSpan.FromSeconds(1)
        );
        Assert.Equal(1, scenario.Aws.Queue.DeletedTotal);
    }

    [Fact]
    public void Deletes_that_fail_are_tried_again_until_they_are_done()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.Faults.Next(Delete, Fault.Away, Fault.Partial(0, 1, 2), Fault.AnswerLost);
        SendEvents(scenario, 10);

        scenario.RunUntilEmpty();

        Assert.Equal(4, scenario.Aws.Queue.Faults.CallsOf(Delete));
        Assert.Equal(10, scenario.Aws.Queue.ReceivedTotal);
        Assert.Equal(10, scenario.Aws.Table.PutsTotal);
    }

    [Fact]
    public void What_could_not_be_deleted_is_deleted_when_it_comes_again_and_costs_no_work()
    {
        using var scenario = new Scenario();
        scenario.AddEffect();
        scenario.Aws.Queue.Faults.Next(Delete, [.. Enumerable.Repeat(Fault.Away, scenario.Settlement.CallAttemptsMax)]);
        scenario.Aws.Queue.Send(Builders.AnEvent().OfStep("customer.end").Build());

        scenario.RunUntilEmpty();

        Assert.Equal(2, scenario.Aws.Queue.ReceivedTotal);
        Assert.Equal(1, scenario.Aws.Table.PutsTotal);
        Assert.Equal(1, scenario.Aws.Claims.Faults.CallsOf("ClaimAsync"));
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 260);
    }

    [Fact]
    public void A_dead_letter_that_could_not_be_deleted_is_not_sent_twice()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.Faults.Next(Delete, [.. Enumerable.Repeat(Fault.Away, scenario.Settlement.CallAttemptsMax)]);
        scenario.Aws.Queue.Send("{}");

        scenario.RunUntilEmpty();

        Assert.Single(scenario.Aws.DeadLetters.Letters);
    }

    [Fact]
    public void A_bug_in_deleting_neither_ends_the_deletes_nor_keeps_their_slots()
    {
        using var scenario = new Scenario
        {
            Receiving = new() { Slots = 10, SlotsPerPoller = 10 },
        };
        scenario.Aws.Queue.Faults.Next(Delete, [.. Enumerable.Repeat(Fault.Bug, 6)]);
        SendEvents(scenario, 40);

        var processor = scenario.RunUntilEmpty();

        Assert.Equal(40, scenario.Aws.Table.Events.Count);
        Assert.Equal(0, processor.Slots.InUse);
    }

    [Fact]
    public void Visibilities_are_changed_ten_at_a_time()
    {
        using var scenario = new Scenario
        {
            Announcing = new(),
            Receiving = new() { Slots = 40, SlotsPerPoller = 10 },
        };
        scenario.Aws.Table.Faults.Always("WriteAsync", Fault.Away);
        SendEvents(scenario, 40);

        scenario.RunFor(TimeSpan.FromSeconds(1));

        // The forty first, then a probe now and then; the fake takes no more than ten at once.
        var probes = scenario.Aws.Queue.ReceivedTotal - 40;
        Assert.InRange(scenario.Aws.Queue.Faults.CallsOf(Hide), 4, 4 + probes);
    }

    [Fact]
    public void A_message_whose_visibility_could_not_be_changed_comes_back_by_itself()
    {
        using var scenario = new Scenario();
        scenario.Aws.Table.Faults.Next("WriteAsync", Fault.Away);
        scenario.Aws.Queue.Faults.Next(Hide, Fault.Away, Fault.Away, Fault.Away, Fault.Bug);
        SendEvents(scenario, 3);

        var processor = scenario.RunUntilEmpty(within: TimeSpan.FromMinutes(3));

        Assert.Equal(3, scenario.Aws.Table.Events.Count);
        Assert.Equal(6, processor.InFlight.Done);
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 261);
    }

    private static void SendEvents(Scenario scenario, int count)
    {
        for (var index = 0; index < count; index++)
        {
            scenario.Aws.Queue.Send(Builders.AnEvent().InConversation($"conversation-{index}").Build());
        }
    }
}
