using Events.Redelivery;
using Processor.Effects;
using Processor.Receiving;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Settlement;

/// <summary>Waiting that is longer than one visibility.</summary>
public sealed class DeferralTests
{
    [Fact]
    public void A_wait_of_days_is_made_of_copies_and_counts_no_attempt()
    {
        using var scenario = new Scenario
        {
            Receiving = new() { Slots = 10, SlotsPerPoller = 10 },
        };
        var effect = scenario.AddEffect();
        var until = scenario.Now + TimeSpan.FromDays(6);
        effect.Answers.Enqueue(new EffectAnswer.Deferred(until, "daily-limit"));
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty(within: TimeSpan.FromDays(7));

        // Longer than the retention of the queue: without copies it would have expired on the fourth day.
        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.InRange(scenario.Now, until, until.AddMinutes(5));
        Assert.Empty(scenario.Aws.Queue.Expired);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
        Assert.InRange(scenario.Aws.Queue.ReceivedTotal, 10, 60);
    }

    [Fact]
    public void A_message_that_came_too_early_waits_until_its_time_without_a_write()
    {
        using var scenario = new Scenario();
        var notBefore = scenario.Now + TimeSpan.FromMinutes(40);
        var deferral = new DeferralAttributes { NotBefore = notBefore, Deferrals = 1 };
        scenario.Aws.Queue.Send(Builders.AnEvent().Build(), deferral.ToAttributes());

        scenario.RunUntilEmpty();

        Assert.InRange(scenario.Now, notBefore, notBefore.AddMinutes(1));
        Assert.Equal(2, scenario.Aws.Queue.ReceivedTotal);
        Assert.Equal(1, scenario.Aws.Table.PutsTotal);
    }

    [Fact]
    public void A_copy_is_the_same_body_and_tells_when_it_may_go_on_and_when_it_came_first()
    {
        using var scenario = new Scenario { Settlement = new() { ReceivesMax = 1 } };
        var effect = scenario.AddEffect();
        var (began, until) = (scenario.Now, scenario.Now + TimeSpan.FromMinutes(30));
        effect.Answers.Enqueue(new EffectAnswer.Deferred(until, "rate-limited"));
        var body = AnEventWithEffect();
        scenario.Aws.Queue.Send(body, new Dictionary<string, string> { ["traceparent"] = "00-trace-span-01" });
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await scenario.Aws.UntilAsync(() => effect.Runs == 1, "run", TimeSpan.FromMinutes(1));
            await scenario.Aws.UntilAsync(
                () => scenario.Aws.Queue.DeletedTotal == 1,
                "delete of the original",
                TimeSpan.FromMinutes(1)
            );
            var copy = Assert.Single(scenario.Aws.Queue.Messages);
            var says = DeferralAttributes.From(copy.Attributes);
            Assert.Equal(body, copy.Body);
            Assert.Equal((until, began, 1), (says.NotBefore, says.FirstSentAt, says.Deferrals));
            Assert.Equal("00-trace-span-01", copy.Attributes["traceparent"]);
            await processor.DrainAsync();
        });
    }

    [Fact]
    public void A_redriven_letter_with_ten_attributes_can_wait_too()
    {
        using var scenario = new Scenario { Settlement = new() { ReceivesMax = 1 } };
        var effect = scenario.AddEffect();
        effect.Answers.Enqueue(new EffectAnswer.Deferred(scenario.Now + TimeSpan.FromHours(1), "rate-limited"));
        var ten = Events.DeadLetters.DeadLetterAttributeNames.All.ToDictionary(name => name, _ => "1");
        scenario.Aws.Queue.Send(AnEventWithEffect(), ten);

        scenario.RunUntilEmpty(within: TimeSpan.FromHours(2));

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Empty(scenario.Aws.Queue.MovedByPolicy);
    }

    [Fact]
    public void When_the_queue_takes_no_copy_the_original_stays()
    {
        using var scenario = new Scenario { Settlement = new() { ReceivesMax = 1 } };
        var effect = scenario.AddEffect();
        scenario.Aws.Queue.Faults.Next(nameof(IEventQueue.SendAgainAsync), Fault.Away, Fault.AnswerLost);
        for (var run = 0; run < 3; run++)
        {
            effect.Answers.Enqueue(new EffectAnswer.Deferred(scenario.Now + TimeSpan.FromMinutes(20), "rate-limited"));
        }

        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
    }

    [Fact]
    public void A_message_deferred_for_ever_is_never_taken_by_the_redrive_policy()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Faults.Always("ApplyAsync", Fault.None);
        scenario.Aws.Claims.Faults.IsAway = true;
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunFor(TimeSpan.FromHours(6));

        Assert.Empty(scenario.Aws.Queue.MovedByPolicy);
        Assert.Empty(scenario.Aws.DeadLetters.Letters);
        Assert.Single(scenario.Aws.Queue.Messages);
        Assert.True(scenario.Metrics.Sum("genesys.sent_again") > 10, "Copies start at no receive.");
    }

    private static string AnEventWithEffect() => Builders.AnEvent().OfStep("customer.end").Build();
}
