using Processor.Effects;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Effects;

/// <summary>Two events of one natural key with different bodies, under one claim.</summary>
public sealed class PayloadCheckTests
{
    private const string Apply = nameof(IEffectHandler.ApplyAsync);

    [Fact]
    public void Another_payload_under_a_completed_claim_is_neither_skipped_nor_done_but_shown_to_a_person()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        scenario.Aws.Queue.Send(AnEventWithEffect());
        scenario.Aws.Queue.Send(
            Builders.AnEvent().OfStep("customer.end").With("disconnectType", "PEER").Build(),
            delay: TimeSpan.FromMinutes(1)
        );

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal("payload-differs", Assert.Single(scenario.Aws.DeadLetters.Letters).About.Reason);
        Assert.Equal(2, scenario.Aws.Table.Events.Count);
    }

    [Fact]
    public void Another_payload_under_a_claim_in_doubt_is_shown_to_a_person_and_leaves_the_doubt_to_the_first()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Faults.Next(Apply, Fault.AnswerLost);
        effect.AskLaterUntil = scenario.Now.AddHours(1);
        scenario.Aws.Queue.Send(AnEventWithEffect());
        scenario.Aws.Queue.Send(
            Builders.AnEvent().OfStep("customer.end").With("disconnectType", "PEER").Build(),
            delay: TimeSpan.FromMinutes(10)
        );

        scenario.RunUntilEmpty(within: TimeSpan.FromHours(2));

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal((1, 2), (effect.Runs, effect.Findings));
        Assert.Equal("payload-differs", Assert.Single(scenario.Aws.DeadLetters.Letters).About.Reason);
        Assert.Equal("found-done", Assert.Single(scenario.Aws.Claims.Claims).Value.Result);
    }

    private static string AnEventWithEffect() => Builders.AnEvent().OfStep("customer.end").Build();
}
