using Events;
using Processor.Effects;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.Outside;
using Processor.Testing.World;

namespace Processor.Tests.Effects;

/// <summary>
/// An effect in doubt that was looked for and not found, and then not done either: a process that slept since its claim may do it yet.
/// </summary>
public sealed class KeptDoubtTests
{
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Fact]
    public void A_run_that_was_sent_away_after_its_look_leaves_the_claim_in_doubt()
    {
        using var scenario = new Scenario();
        AddEffectInDoubt(scenario, SentAwayFor(Long));

        scenario.RunFor(TimeSpan.FromMinutes(30));

        var claim = Assert.Single(scenario.Aws.Claims.Claims).Value;
        Assert.Equal((ClaimState.Ambiguous, "budget empty"), (claim.State, claim.Result));
        Assert.NotNull(claim.LookedAt);
    }

    [Fact]
    public void What_was_not_found_a_short_time_ago_is_done_without_another_call_to_look()
    {
        using var scenario = new Scenario();
        var effect = AddEffectInDoubt(scenario, SentAwayFor(Shortly), SentAwayFor(Shortly));

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal((4, 1), (effect.Runs, effect.Findings));
    }

    [Fact]
    public void However_often_it_is_sent_away_a_look_is_believed_for_no_longer_than_it_holds()
    {
        using var scenario = new Scenario();
        var effect = AddEffectInDoubt(scenario, SentAwayFor(Shortly), SentAwayFor(scenario.Effects.LookHolds));

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal((4, 2), (effect.Runs, effect.Findings));
    }

    /// <summary>Seeds 5124 and 7907: the doubt was given back with the claim, and nobody looked.</summary>
    [Fact]
    public void What_a_sleeper_does_while_the_others_are_sent_away_is_found()
    {
        using var scenario = new Scenario();
        var effect = AddEffectInDoubt(scenario, SentAwayFor(Long));
        GenesysEvent? slept = null;
        effect.Began += genesysEvent => slept = genesysEvent;
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(Long / 2, scenario.Time, CancellationToken.None);
            await effect.ApplyAsync(slept!, DateTimeOffset.MaxValue, CancellationToken.None);
            await scenario.Aws.UntilEmptyAsync(Long);
            await processor.DrainAsync();
        });

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal("found-done", Assert.Single(scenario.Aws.Claims.Claims).Value.Result);
    }

    [Fact]
    public void Neither_a_failure_nor_a_rejection_after_a_look_ends_the_doubt()
    {
        using var scenario = new Scenario();
        var effect = AddEffectInDoubt(
            scenario,
            _ => new EffectAnswer.Failed("away"),
            _ => new EffectAnswer.Rejected("not found")
        );

        scenario.RunUntilEmpty();

        Assert.Equal("not found", Assert.Single(scenario.Aws.DeadLetters.Letters).About.Reason);
        Assert.Equal(ClaimState.Ambiguous, Assert.Single(scenario.Aws.Claims.Claims).Value.State);
        Assert.Empty(effect.Truth);
    }

    /// <summary>Seeds 15313 and 22447: it slept in the handler's hands, and its request left before anybody heard that the time was over.</summary>
    [Theory]
    [InlineData($"hears {nameof(IClaimStore.ClaimAsync)}")]
    [InlineData($"asks {nameof(IEffectHandler.ApplyAsync)}")]
    public void A_process_that_slept_through_its_claim_before_it_did_anything_leaves_it_to_the_others(string moment)
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        var (sleeper, other) = (scenario.NewProcessor(), scenario.NewProcessor());
        sleeper.Life.Watch = new SleepsOnce(moment, sleeper.Life);
        scenario.Aws.Queue.Send(Builders.AnEvent().OfStep("customer.end").Build());

        scenario.Run(async () =>
        {
            sleeper.Start();
            await scenario.Aws.UntilAsync(() => sleeper.Life.IsStalled, "stall", TimeSpan.FromMinutes(1));
            other.Start();
            await Task.Delay(scenario.Effects.Lease + Shortly, scenario.Time, CancellationToken.None);
            effect.Takes = TimeSpan.FromSeconds(5);
            sleeper.Life.Wake();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(10));
            await Task.WhenAll(sleeper.DrainAsync(), other.DrainAsync());
        });

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
    }

    /// <summary>Its first run leaves a doubt, the look finds nothing, and the runs after it answer <paramref name="then"/>.</summary>
    private static FakeEffect AddEffectInDoubt(
        Scenario scenario,
        params IEnumerable<Func<DateTimeOffset, EffectAnswer>> then
    )
    {
        var effect = scenario.AddEffect();
        var answers = new Queue<Func<DateTimeOffset, EffectAnswer>>([
            _ => new EffectAnswer.Ambiguous("timeout"),
            .. then,
        ]);
        effect.Began = _ =>
        {
            if (answers.TryDequeue(out var answer))
            {
                effect.Answers.Enqueue(answer(scenario.Now));
            }
        };
        scenario.Aws.Queue.Send(Builders.AnEvent().OfStep("customer.end").Build());
        return effect;
    }

    private static Func<DateTimeOffset, EffectAnswer> SentAwayFor(TimeSpan wait) =>
        now => new EffectAnswer.Deferred(now + wait, "budget empty");

    private sealed class SleepsOnce(string moment, Lifeline life) : ILifeWatch
    {
        private bool _slept;

        public void Asks(string operation) => SleepIfIt($"asks {operation}");

        public void Hears(string operation) => SleepIfIt($"hears {operation}");

        private void SleepIfIt(string does)
        {
            if (does == moment && !_slept)
            {
                _slept = true;
                life.Stall();
            }
        }
    }
}
