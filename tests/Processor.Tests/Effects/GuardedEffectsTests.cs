using Processor.Effects;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.Outside;
using Processor.Testing.World;

namespace Processor.Tests.Effects;

public sealed class GuardedEffectsTests
{
    private const string Apply = nameof(IEffectHandler.ApplyAsync);
    private const string Complete = nameof(IClaimStore.CompleteAsync);

    [Fact]
    public void An_effect_of_an_event_happens_once_however_often_the_event_comes()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        for (var copy = 0; copy < 5; copy++)
        {
            scenario.Aws.Queue.Send(AnEventWithEffect($"envelope-{copy}"), delay: TimeSpan.FromSeconds(copy));
        }

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal(1, effect.Runs);
    }

    [Fact]
    public void The_event_is_recorded_before_its_effect_begins_and_deleted_after_it_is_complete()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Takes = TimeSpan.FromSeconds(5);
        effect.Began = _ => Assert.Single(scenario.Aws.Table.Events);
        effect.Happened = _ => Assert.Single(scenario.Aws.Queue.Messages);
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal(ClaimState.Completed, Assert.Single(scenario.Aws.Claims.Claims).Value.State);
        Assert.Equal(1, effect.Runs);
    }

    [Fact]
    public void A_completed_claim_that_is_remembered_costs_no_call()
    {
        using var scenario = new Scenario();
        scenario.AddEffect();
        scenario.Aws.Queue.Send(AnEventWithEffect("1"));
        scenario.Aws.Queue.Send(AnEventWithEffect("2"), delay: TimeSpan.FromMinutes(1));

        scenario.RunUntilEmpty();

        Assert.Equal(1, scenario.Aws.Claims.Faults.CallsOf(nameof(IClaimStore.ClaimAsync)));
    }

    [Fact]
    public void An_effect_that_would_only_be_sent_away_waits_without_a_claim()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.ClosedUntil = scenario.Now.AddHours(2);
        for (var index = 0; index < 50; index++)
        {
            scenario.Aws.Queue.Send(
                Builders.AnEvent().InConversation($"conversation-{index}").OfStep("customer.end").Build()
            );
        }

        scenario.RunUntilEmpty(within: TimeSpan.FromHours(3));

        Assert.Equal(50, effect.Truth.Count);
        Assert.Equal(50, scenario.Aws.Claims.Faults.CallsOf(nameof(IClaimStore.ClaimAsync)));
        Assert.Equal(100, scenario.Aws.Queue.ReceivedTotal);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
    }

    [Fact]
    public void Only_completed_claims_are_remembered()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Faults.Next(Apply, Fault.Away);
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal(2, scenario.Aws.Claims.Faults.CallsOf(nameof(IClaimStore.ClaimAsync)));
        Assert.Equal(1, Assert.Single(effect.Truth).Value);
    }

    [Fact]
    public void A_lease_ends_before_the_visibility_of_its_message()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Takes = TimeSpan.FromSeconds(29);
        scenario.Aws.Queue.Send(AnEventWithEffect());
        var worst = TimeSpan.MaxValue;
        effect.Began = _ => Watch();
        effect.Happened = _ => Watch();

        scenario.RunUntilEmpty();

        Assert.True(worst >= scenario.Effects.ClockSkewMax, $"{worst}");

        void Watch()
        {
            var claim = Assert.Single(scenario.Aws.Claims.Claims).Value;
            var message = Assert.Single(scenario.Aws.Queue.Messages);
            var margin = message.VisibleAt - claim.LeaseUntil;
            worst = margin < worst ? margin : worst;
        }
    }

    [Fact]
    public void Who_meets_the_claim_of_another_comes_back_when_it_may_have_ended_and_counts_no_attempt()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Takes = TimeSpan.FromSeconds(20);
        var id = scenario.Aws.Queue.Send(AnEventWithEffect());
        effect.Began = _ => scenario.Aws.Queue.ShowAgain(id);
        var replicas = new[] { scenario.NewProcessor(), scenario.NewProcessor() };

        scenario.Run(async () =>
        {
            Array.ForEach(replicas, replica => replica.Start());
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(10));
            await Task.WhenAll(replicas.Select(replica => replica.DrainAsync()));
        });

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.True(scenario.Metrics.Sum("genesys.claims", ("answer", "held-by-another")) >= 1);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
    }

    [Fact]
    public void An_answer_that_was_lost_is_found_out_before_anything_is_done_again()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Faults.Next(Apply, Fault.AnswerLost);
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal((1, 1), (effect.Runs, effect.Findings));
        Assert.Equal("found-done", Assert.Single(scenario.Aws.Claims.Claims).Value.Result);
    }

    [Fact]
    public void What_surely_did_not_happen_is_done_after_finding_out()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Answers.Enqueue(new EffectAnswer.Ambiguous("timeout"));
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal((2, 1), (effect.Runs, effect.Findings));
    }

    [Fact]
    public void What_cannot_be_found_out_is_not_done_again_and_ends_as_a_dead_letter()
    {
        using var scenario = new Scenario
        {
            Settlement = new() { TransientAttemptsMax = 3, TransientFor = TimeSpan.Zero },
        };
        var effect = scenario.AddEffect();
        effect.Faults.Next(Apply, Fault.AnswerLost);
        effect.CannotTell = true;
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Single(scenario.Aws.DeadLetters.Letters);
        Assert.Equal(ClaimState.Ambiguous, Assert.Single(scenario.Aws.Claims.Claims).Value.State);
    }

    [Fact]
    public void What_cannot_be_asked_now_stays_in_doubt_without_an_attempt()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Faults.Next(Apply, Fault.AnswerLost);
        effect.AskLaterUntil = scenario.Now + TimeSpan.FromHours(1);
        scenario.Aws.Queue.Send(AnEventWithEffect());
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromMinutes(59), scenario.Time, CancellationToken.None);
            effect.AskLaterUntil = null;
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(10));
            await processor.DrainAsync();
        });

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal(1, Assert.Single(scenario.Aws.Attempts.Attempts).Value);
    }

    [Fact]
    public void Where_all_the_time_there_is_would_not_do_the_event_is_recorded_and_a_dead_letter_says_why()
    {
        using var scenario = new Scenario
        {
            Receiving = new() { VisibilityTimeout = TimeSpan.FromSeconds(20) },
            Settlement = new() { TransientFor = TimeSpan.Zero },
        };
        var effect = scenario.AddEffect();
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal((0, 0), (effect.Runs, scenario.Aws.Claims.Claims.Count));
        Assert.Equal("function-timeout-too-short", Assert.Single(scenario.Aws.DeadLetters.Letters).About.Reason);
        Assert.Single(scenario.Aws.Table.Events);
    }

    [Fact]
    public void While_claims_are_away_nothing_runs_and_no_attempt_is_counted()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        scenario.Aws.Claims.Faults.IsAway = true;
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunFor(TimeSpan.FromMinutes(10));

        Assert.Equal(0, effect.Runs);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
        Assert.Single(scenario.Aws.Table.Events);
    }

    [Fact]
    public void A_claim_that_was_granted_without_anybody_hearing_it_is_found_out_when_its_lease_is_over()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        scenario.Aws.Claims.Faults.Next(nameof(IClaimStore.ClaimAsync), Fault.AnswerLost);
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty(within: TimeSpan.FromMinutes(5));

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal(1, effect.Findings);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
    }

    [Fact]
    public void A_completion_that_could_not_be_written_is_tried_again_at_once()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        scenario.Aws.Claims.Faults.Next(Complete, Fault.Away, Fault.AnswerLost);
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal((1, 0), (effect.Runs, effect.Findings));
        Assert.Equal(1, scenario.Aws.Queue.ReceivedTotal);
    }

    [Fact]
    public void A_completion_that_cannot_be_written_at_all_is_found_out_at_the_next_delivery()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        scenario.Aws.Claims.Faults.Next(Complete, [.. Enumerable.Repeat(Fault.Away, 4)]);
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal((1, 1), (effect.Runs, effect.Findings));
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 240);
    }

    [Fact]
    public void An_effect_that_takes_too_long_is_stopped_and_found_out()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Takes = scenario.Effects.HandlerTimeout + TimeSpan.FromSeconds(5);
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Equal(1, effect.Runs);
        Assert.True(effect.Findings >= 1);
    }

    [Fact]
    public void Two_effects_of_one_event_are_claimed_apart_and_a_done_one_is_not_done_again_for_the_other()
    {
        using var scenario = new Scenario();
        var first = scenario.AddEffect("first");
        var second = scenario.AddEffect("second");
        second.Faults.Next(Apply, Fault.Away, Fault.Away);
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Equal((1, 3), (first.Runs, second.Runs));
        Assert.Equal(2, scenario.Aws.Claims.Claims.Count);
    }

    [Fact]
    public void A_handler_that_throws_fails_its_event_and_no_other()
    {
        using var scenario = new Scenario
        {
            Settlement = new() { TransientAttemptsMax = 2, TransientFor = TimeSpan.Zero },
        };
        var effect = scenario.AddEffect();
        effect.Faults.Next(Apply, Fault.Bug);
        scenario.Aws.Queue.Send(AnEventWithEffect());
        scenario.Aws.Queue.Send(Builders.AnEvent().InConversation("other").OfStep("customer.end").Build());

        scenario.RunUntilEmpty();

        Assert.Equal(2, effect.Truth.Count);
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 241);
    }

    [Fact]
    public void A_handler_that_throws_when_asked_what_it_handles_fails_its_event_and_no_other()
    {
        using var scenario = new Scenario
        {
            Settlement = new() { TransientAttemptsMax = 1, TransientFor = TimeSpan.Zero },
        };
        scenario.Handlers.Add(
            new FakeEffect(scenario.Time, scenario.World.Random)
            {
                For = genesysEvent =>
                    genesysEvent.ConversationId == "bad"
                        ? throw new InvalidOperationException("A bug of the handler.")
                        : false,
            }
        );
        scenario.Aws.Queue.Send(Builders.AnEvent().InConversation("bad").Build());
        scenario.Aws.Queue.Send(Builders.AnEvent().InConversation("good").Build());

        scenario.RunUntilEmpty();

        Assert.Equal("unexpected-error", Assert.Single(scenario.Aws.DeadLetters.Letters).About.Reason);
        Assert.Equal(2, scenario.Aws.Table.Events.Count);
    }

    [Fact]
    public void Work_cut_off_because_the_message_was_lost_counts_no_attempt()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Takes = TimeSpan.FromSeconds(29);
        scenario.Aws.Queue.Faults.Always("ChangeVisibilityAsync", Fault.Away);
        var id = scenario.Aws.Queue.Send(AnEventWithEffect());
        var processor = scenario.NewProcessor();
        effect.Began = _ => scenario.Aws.Queue.ShowAgain(id);

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromSeconds(1), scenario.Time, CancellationToken.None);
            scenario.Aws.Queue.Faults.Heal();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromMinutes(10));
            await processor.DrainAsync();
        });

        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
        Assert.True(scenario.Metrics.Sum("genesys.heartbeat.lost") >= 1);
    }

    private static string AnEventWithEffect(string envelope = "envelope-1") =>
        Builders.AnEvent().UnderEnvelope(envelope).OfStep("customer.end").Build();
}
