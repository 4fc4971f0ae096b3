using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Processing;

public sealed class DrainTests
{
    [Fact]
    public void What_is_under_way_is_finished_and_what_was_not_started_is_given_back()
    {
        using var scenario = new Scenario { Effects = new() { Workers = 2 } };
        var effect = scenario.AddEffect();
        effect.Takes = TimeSpan.FromSeconds(10);
        SendEventsWithEffects(scenario, 20);
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await scenario.Aws.UntilAsync(() => effect.Runs == 2, "two runs", TimeSpan.FromMinutes(1));
            await processor.DrainAsync();
        });

        AssertNothingAbandoned(processor, received: 20, done: 2, released: 18);
        Assert.Equal(2, effect.Truth.Count);
        Assert.Equal(18, scenario.Aws.Queue.Messages.Count);
        Assert.All(scenario.Aws.Queue.Messages, message => Assert.True(message.VisibleAt <= scenario.Now));
    }

    [Fact]
    public void What_is_given_back_costs_one_receive_and_not_one_for_each_poll_that_still_runs()
    {
        using var scenario = new Scenario { Effects = new() { Workers = 1 } };
        scenario.AddEffect().Takes = TimeSpan.FromSeconds(10);
        SendEventsWithEffects(scenario, 20);
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromSeconds(1), scenario.Time, CancellationToken.None);
            await processor.DrainAsync();
        });

        Assert.All(scenario.Aws.Queue.Messages, message => Assert.Equal(1, message.ReceiveCount));
    }

    [Fact]
    public void What_is_left_is_done_by_another_process_and_nothing_happens_twice()
    {
        using var scenario = new Scenario { Effects = new() { Workers = 2 } };
        var effect = scenario.AddEffect();
        effect.Takes = TimeSpan.FromSeconds(5);
        SendEventsWithEffects(scenario, 20);
        var (first, second) = (scenario.NewProcessor(), scenario.NewProcessor());

        scenario.Run(async () =>
        {
            first.Start();
            await scenario.Aws.UntilAsync(() => effect.Runs == 4, "four runs", TimeSpan.FromMinutes(1));
            second.Start();
            await first.DrainAsync();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(5));
            await second.DrainAsync();
        });

        Assert.Equal(20, effect.Truth.Count);
        Assert.All(effect.Truth.Values, happened => Assert.Equal(1, happened));
    }

    [Fact]
    public void Deletes_that_wait_for_company_are_flushed()
    {
        using var scenario = new Scenario { Settlement = new() { Linger = TimeSpan.FromSeconds(5) } };
        scenario.Aws.Queue.Send(Builders.AnEvent().Build());
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await scenario.Aws.UntilAsync(
                () => scenario.Aws.Table.Events.Count == 1,
                "record",
                TimeSpan.FromSeconds(4)
            );
            await processor.DrainAsync();
        });

        Assert.Empty(scenario.Aws.Queue.Messages);
        AssertNothingAbandoned(processor, received: 1, done: 1, released: 0);
    }

    [Fact]
    public void When_the_grace_period_is_over_running_effects_are_cut_off_and_given_back_in_doubt()
    {
        using var scenario = new Scenario
        {
            Effects = new() { HandlerTimeout = TimeSpan.FromSeconds(30) },
            Processing = new() { Grace = TimeSpan.FromSeconds(5) },
            Receiving = new() { WaitTime = TimeSpan.FromSeconds(2) },
        };
        var effect = scenario.AddEffect();
        effect.Takes = TimeSpan.FromSeconds(25);
        SendEventsWithEffects(scenario, 3);
        var (first, second) = (scenario.NewProcessor(), scenario.NewProcessor());

        scenario.Run(async () =>
        {
            first.Start();
            await scenario.Aws.UntilAsync(() => effect.Runs == 3, "three runs", TimeSpan.FromMinutes(1));
            var began = scenario.Now;
            await first.DrainAsync();
            Assert.InRange(scenario.Now - began, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
            Assert.All(scenario.Aws.Queue.Messages, message => Assert.True(message.VisibleAt <= scenario.Now));

            second.Start();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(10));
            await second.DrainAsync();
        });

        AssertNothingAbandoned(first, received: 3, done: 3, released: 0);
        Assert.All(effect.Truth.Values, happened => Assert.Equal(1, happened));
        Assert.Empty(scenario.Aws.Attempts.Attempts);
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 203);
    }

    [Fact]
    public void When_the_grace_period_is_over_what_is_not_recorded_is_given_back_at_once()
    {
        using var scenario = new Scenario
        {
            Processing = new() { Grace = TimeSpan.FromSeconds(5) },
            Receiving = new() { WaitTime = TimeSpan.FromSeconds(1) },
        };
        scenario.Aws.Table.Faults.Always("WriteAsync", Fault.Late(TimeSpan.FromMinutes(1)));
        scenario.Aws.Queue.Send(Builders.AnEvent().Build());
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromSeconds(2), scenario.Time, CancellationToken.None);
            await processor.DrainAsync();
        });

        var message = Assert.Single(scenario.Aws.Queue.Messages);
        Assert.True(message.VisibleAt <= scenario.Now, "It was given back, not left to its visibility.");
        Assert.Equal(0, processor.InFlight.Abandoned);
    }

    [Fact]
    public void A_queue_that_is_away_during_the_drain_delays_it_and_loses_nothing()
    {
        using var scenario = new Scenario();
        for (var index = 0; index < 10; index++)
        {
            scenario.Aws.Queue.Send(Builders.AnEvent().InConversation($"conversation-{index}").Build());
        }

        var (first, second) = (scenario.NewProcessor(), scenario.NewProcessor());
        scenario.Run(async () =>
        {
            first.Start();
            await scenario.Aws.UntilAsync(
                () => scenario.Aws.Table.Events.Count == 10,
                "records",
                TimeSpan.FromSeconds(10)
            );
            scenario.Aws.Queue.Faults.IsAway = true;
            await first.DrainAsync();
            scenario.Aws.Queue.Faults.Heal();
            second.Start();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(5));
            await second.DrainAsync();
        });

        AssertNothingAbandoned(first, received: 10, done: 10, released: 0);
        Assert.Equal(10, scenario.Aws.Table.Events.Count);
    }

    [Fact]
    public void A_process_that_has_nothing_to_do_ends_when_its_polls_do()
    {
        using var scenario = new Scenario();
        var began = scenario.Now;

        var processor = scenario.RunFor(TimeSpan.FromSeconds(5));

        Assert.InRange(scenario.Now - began, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(21));
        AssertNothingAbandoned(processor, received: 0, done: 0, released: 0);
    }

    [Fact]
    public void A_drain_at_any_moment_abandons_nothing()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            using var scenario = new Scenario(seed)
            {
                Announcing = new(),
                Receiving = new() { Slots = 40, SlotsPerPoller = 10 },
                Effects = new() { Workers = 3 },
            };
            scenario.AddEffect().Takes = TimeSpan.FromMilliseconds(700);
            foreach (var faults in scenario.Aws.AllFaults)
            {
                faults.LatencyMax = TimeSpan.FromMilliseconds(40);
                (faults.AwayRate, faults.AnswerLostRate, faults.PartialRate) = (0.05, 0.05, 0.05);
            }

            foreach (var body in Samples.Calls(120, new Random(seed)))
            {
                scenario.Aws.Queue.Send(body);
            }

            var processor = scenario.RunFor(TimeSpan.FromMilliseconds(seed * 50));

            Assert.Equal(0, processor.InFlight.Abandoned);
            Assert.Equal(0, processor.InFlight.Count);
            Assert.Equal(0, processor.Slots.InUse);
        }
    }

    private static void SendEventsWithEffects(Scenario scenario, int count)
    {
        for (var index = 0; index < count; index++)
        {
            scenario.Aws.Queue.Send(
                Builders.AnEvent().InConversation($"conversation-{index}").OfStep("customer.end").Build()
            );
        }
    }

    private static void AssertNothingAbandoned(ProcessorUnderTest processor, int received, int done, int released)
    {
        var ledger = processor.InFlight;
        Assert.Equal(
            (received, done, released, 0),
            ((int)ledger.Received, (int)ledger.Done, (int)ledger.Released, (int)ledger.Abandoned)
        );
    }
}
