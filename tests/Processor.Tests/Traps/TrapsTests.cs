using Processor.Receiving;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.Outside;
using Processor.Testing.World;

namespace Processor.Tests.Traps;

/// <summary>The mistakes that systems of this kind are known for, each in its worst moment and by its letter.</summary>
public sealed class TrapsTests
{
    [Fact]
    public void A_kill_between_effect_and_complete_leaves_a_doubt_that_the_next_process_finds_out()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        var (first, second) = (scenario.NewProcessor(), scenario.NewProcessor());
        effect.Happened = _ => first.Kill();
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.Run(async () =>
        {
            first.Start();
            await scenario.Aws.UntilAsync(() => first.Life.IsDead, "death", TimeSpan.FromMinutes(1));
            second.Start();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(10));
            await second.DrainAsync();
        });

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal((1, 1), (effect.Runs, effect.Findings));
        Assert.Equal(ClaimState.Completed, Assert.Single(scenario.Aws.Claims.Claims).Value.State);
        Assert.Single(scenario.Aws.Table.Events);
    }

    [Fact]
    public void B_kill_between_complete_and_delete_costs_a_redelivery_without_work()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        var (first, second) = (scenario.NewProcessor(), scenario.NewProcessor());
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.Run(async () =>
        {
            first.Start();
            await scenario.Aws.UntilAsync(IsCompleted, "completed claim", TimeSpan.FromMinutes(1));
            first.Kill();
            Assert.Single(scenario.Aws.Queue.Messages);
            second.Start();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(10));
            await second.DrainAsync();
        });

        Assert.Equal((1, 0), (effect.Runs, effect.Findings));
        Assert.Equal(2, scenario.Aws.Queue.ReceivedTotal);
        Assert.Single(scenario.Aws.Table.Events);

        bool IsCompleted() => scenario.Aws.Claims.Claims.Values.Any(claim => claim.State == ClaimState.Completed);
    }

    [Fact]
    public void C_a_worker_that_stalls_past_its_lease_can_do_nothing_to_the_claim_of_the_second()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        var (first, second) = (scenario.NewProcessor(), scenario.NewProcessor());
        effect.Faults.LatencyMax = TimeSpan.FromMilliseconds(10);
        effect.Happened = _ => first.Life.Stall();
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.Run(async () =>
        {
            first.Start();
            await scenario.Aws.UntilAsync(() => first.Life.IsStalled, "stall", TimeSpan.FromMinutes(1));
            effect.Happened = _ => { };
            second.Start();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(10));
            var claim = Assert.Single(scenario.Aws.Claims.Claims).Value;
            Assert.Equal((ClaimState.Completed, 2), (claim.State, (int)claim.Generation));

            first.Life.Wake();
            await Task.WhenAll(first.DrainAsync(), second.DrainAsync());
            Assert.Equal(claim, Assert.Single(scenario.Aws.Claims.Claims).Value);
        });

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Empty(scenario.Aws.DeadLetters.Letters);
    }

    [Fact]
    public void D_a_delete_batch_of_which_one_entry_failed_deletes_that_one_too()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.Faults.Next(nameof(IEventQueue.DeleteAsync), Fault.Partial(4));
        for (var index = 0; index < 10; index++)
        {
            scenario.Aws.Queue.Send(Builders.AnEvent().InConversation($"conversation-{index}").Build());
        }

        scenario.RunUntilEmpty();

        Assert.Equal(2, scenario.Aws.Queue.Faults.CallsOf(nameof(IEventQueue.DeleteAsync)));
        Assert.Equal(10, scenario.Aws.Queue.ReceivedTotal);
        Assert.Equal(10, scenario.Aws.Table.PutsTotal);
    }

    [Fact]
    public void E_a_message_that_arrives_during_the_long_poll_of_a_process_that_ends_is_given_back()
    {
        using var scenario = new Scenario();
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromSeconds(3), scenario.Time, CancellationToken.None);
            processor.BeginDrain();
            await Task.Delay(TimeSpan.FromSeconds(1), scenario.Time, CancellationToken.None);
            scenario.Aws.Queue.Send(Builders.AnEvent().Build());
            await processor.Running;
        });

        var message = Assert.Single(scenario.Aws.Queue.Messages);
        Assert.True(message.VisibleAt <= scenario.Now, "Another process may take it at once.");
        Assert.Equal(
            (1, 0, 1, 0),
            (
                (int)processor.InFlight.Received,
                (int)processor.InFlight.Done,
                (int)processor.InFlight.Released,
                (int)processor.InFlight.Abandoned
            )
        );
        Assert.Empty(scenario.Aws.Table.Events);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void F_an_api_that_refuses_or_hangs_with_500_effects_waiting_does_not_slow_recording(int hours)
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.ClosedUntil = scenario.Now.AddHours(hours);
        effect.Takes = TimeSpan.FromSeconds(20);
        var began = scenario.Now;
        var others = Enumerable.Range(0, 1_000).Select(index => $"other-{index}").ToList();
        DateTimeOffset recordedAt = default;
        for (var index = 0; index < 500; index++)
        {
            scenario.Aws.Queue.Send(
                Builders.AnEvent().InConversation($"conversation-{index}").OfStep("customer.end").Build()
            );
        }

        others.ForEach(id => scenario.Aws.Queue.Send(Builders.AnEvent().InConversation(id).Build()));
        var processor = scenario.NewProcessor();
        scenario.Run(async () =>
        {
            processor.Start();
            await scenario.Aws.UntilAsync(
                () => scenario.Aws.Table.Events.Count == 1_500,
                "record of all",
                TimeSpan.FromMinutes(10)
            );
            recordedAt = scenario.Now;
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromHours(6));
            await processor.DrainAsync();
        });

        Assert.InRange(recordedAt - began, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(500, effect.Truth.Count);
        Assert.All(effect.Truth.Values, times => Assert.Equal(1, times));
        Assert.InRange(scenario.Aws.Queue.ReceivedTotal, 1_500, 1_000 + (500 * 8));
        Assert.Empty(scenario.Aws.Attempts.Attempts);
        Assert.Empty(scenario.Aws.DeadLetters.Letters);
        Assert.Empty(scenario.Aws.Queue.MovedByPolicy);
    }

    [Fact]
    public void J_a_record_that_nobody_can_read_fails_alone_in_a_batch_of_ten()
    {
        using var scenario = new Scenario();
        for (var index = 0; index < 10; index++)
        {
            scenario.Aws.Queue.Send(
                index == 6 ? "{ not json" : Builders.AnEvent().InConversation($"conversation-{index}").Build()
            );
        }

        scenario.RunUntilEmpty();

        Assert.Equal(9, scenario.Aws.Table.Events.Count);
        Assert.Equal("{ not json", Assert.Single(scenario.Aws.DeadLetters.Letters).Body);
        Assert.Equal(10, scenario.Aws.Queue.ReceivedTotal);
    }

    [Fact]
    public void Clocks_that_differ_by_less_than_is_allowed_never_double_an_effect()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            using var scenario = new Scenario(seed);
            var effect = scenario.AddEffect();
            effect.Takes = TimeSpan.FromSeconds(25);
            var id = scenario.Aws.Queue.Send(AnEventWithEffect());
            effect.Began = _ => scenario.Aws.Queue.ShowAgain(id);
            var replicas = new[]
            {
                scenario.NewProcessor(clockSkew: TimeSpan.FromSeconds(-1)),
                scenario.NewProcessor(clockSkew: TimeSpan.FromSeconds(1)),
            };

            scenario.Run(async () =>
            {
                Array.ForEach(replicas, replica => replica.Start());
                await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(30));
                await Task.WhenAll(replicas.Select(replica => replica.DrainAsync()));
            });

            Assert.Equal(1, Assert.Single(effect.Truth).Value);
        }
    }

    private static string AnEventWithEffect() => Builders.AnEvent().OfStep("customer.end").Build();
}
