using Processor.Effects;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Effects;

/// <summary>How long a run of an effect may take, and from when on.</summary>
public sealed class EffectTimeTests
{
    private const string Claim = nameof(IClaimStore.ClaimAsync);

    /// <summary>The lease runs from when the claim was asked for, and so does the time of its run.</summary>
    [Fact]
    public void The_time_that_a_claim_took_to_be_granted_is_not_given_to_the_effect_again()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        scenario.Aws.Claims.Faults.Next(Claim, Fault.Late(TimeSpan.FromSeconds(20)));
        effect.Takes = scenario.Effects.HandlerTimeout - TimeSpan.FromSeconds(15);
        scenario.Aws.Queue.Send(Builders.AnEvent().OfStep("customer.end").Build());

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal((1, 1), (effect.Runs, effect.Findings));
    }

    [Fact]
    public void A_claim_that_was_granted_too_late_is_given_back_without_a_run_and_without_an_attempt()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        scenario.Aws.Claims.Faults.Next(Claim, Fault.Late(scenario.Effects.HandlerTimeout));
        scenario.Aws.Queue.Send(Builders.AnEvent().OfStep("customer.end").Build());

        scenario.RunUntilEmpty();

        Assert.Equal((1, 0), (effect.Runs, effect.Findings));
        Assert.Equal(2, scenario.Aws.Claims.Faults.CallsOf(Claim));
        Assert.Empty(scenario.Aws.Attempts.Attempts);
    }

    /// <summary>Nobody has looked: whoever comes next must.</summary>
    [Fact]
    public void A_claim_in_doubt_that_was_granted_too_late_stays_in_doubt()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Faults.Next(nameof(IEffectHandler.ApplyAsync), Fault.AnswerLost);
        scenario.Aws.Claims.Faults.Next(Claim, Fault.None, Fault.Late(scenario.Effects.HandlerTimeout));
        scenario.Aws.Queue.Send(Builders.AnEvent().OfStep("customer.end").Build());

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal((1, 1), (effect.Runs, effect.Findings));
        Assert.Equal(1, Assert.Single(scenario.Aws.Attempts.Attempts).Value);
    }
}
