using Events.DeadLetters;
using Processor.Effects;
using Processor.Settlement;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Settlement;

/// <summary>The settlement table, row by row: what becomes of a message, and which attempt it costs.</summary>
public sealed class OutcomesTests
{
    [Fact]
    public void Recorded_is_deleted_and_costs_no_attempt()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.Send(Builders.AnEvent().Build());

        scenario.RunUntilEmpty();

        Assert.Single(scenario.Aws.Table.Events);
        Assert.Equal(1, scenario.Metrics.Sum("genesys.outcomes", ("outcome", "recorded")));
        Assert.Empty(scenario.Aws.Attempts.Attempts);
        Assert.Empty(scenario.Aws.DeadLetters.Letters);
    }

    [Fact]
    public void Deferred_waits_hidden_until_it_may_go_on_and_costs_no_attempt()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        var until = scenario.Now + TimeSpan.FromHours(2);
        effect.Answers.Enqueue(new EffectAnswer.Deferred(until, "rate-limited"));
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty(within: TimeSpan.FromHours(3));

        Assert.InRange(scenario.Now, until, until.AddMinutes(2));
        Assert.Equal(2, scenario.Aws.Queue.ReceivedTotal);
        Assert.Equal(1, Assert.Single(effect.Truth).Value);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
    }

    [Fact]
    public void Failed_comes_back_by_growing_pauses_and_costs_a_transient_attempt_each_time()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        var runs = new List<DateTimeOffset>();
        effect.Began = _ => runs.Add(scenario.Now);
        effect.Faults.Next("ApplyAsync", [.. Enumerable.Repeat(Fault.Away, 5)]);
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        var (key, attempts) = Assert.Single(scenario.Aws.Attempts.Attempts);
        Assert.Equal((FailureClass.Transient, 5), (key.Class, attempts));
        Assert.Equal(6, runs.Count);
        Assert.True(runs[5] - runs[4] > runs[1] - runs[0], "Full jitter, but sixteen times the first pause.");
    }

    [Fact]
    public void Failed_for_the_last_time_becomes_a_dead_letter_with_its_reason_and_its_attempts()
    {
        using var scenario = new Scenario
        {
            Settlement = new() { TransientAttemptsMax = 3, TransientFor = TimeSpan.Zero },
        };
        scenario.AddEffect().Faults.Always("ApplyAsync", Fault.Away);
        var began = scenario.Now;
        var body = AnEventWithEffect();
        scenario.Aws.Queue.Send(body);

        scenario.RunUntilEmpty();

        var letter = Assert.Single(scenario.Aws.DeadLetters.Letters);
        Assert.Equal(body, letter.Body);
        Assert.Equal(
            ("away", FailureClass.Transient, 3),
            (letter.About.Reason, letter.About.Class, letter.About.Attempts)
        );
        Assert.InRange(letter.About.FirstFailedAt!.Value, began, letter.About.LastFailedAt!.Value);
        Assert.Equal(began, letter.About.SentAt);
        Assert.NotNull(letter.About.EventKey);
        Assert.Single(scenario.Aws.Table.Events);
    }

    [Fact]
    public void An_outage_of_ten_minutes_makes_no_dead_letter()
    {
        using var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Faults.Always("ApplyAsync", Fault.Away);
        for (var index = 0; index < 50; index++)
        {
            scenario.Aws.Queue.Send(
                Builders.AnEvent().InConversation($"conversation-{index}").OfStep("customer.end").Build()
            );
        }

        var processor = scenario.NewProcessor();
        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromMinutes(10), scenario.Time, CancellationToken.None);
            effect.Faults.Heal();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromHours(1));
            await processor.DrainAsync();
        });

        Assert.Equal(50, effect.Truth.Count);
        Assert.Empty(scenario.Aws.DeadLetters.Letters);
        Assert.Empty(scenario.Aws.Queue.MovedByPolicy);
    }

    [Fact]
    public void What_fails_for_an_hour_becomes_a_dead_letter_before_the_redrive_policy_takes_it()
    {
        using var scenario = new Scenario();
        scenario.AddEffect().Faults.Always("ApplyAsync", Fault.Away);
        for (var index = 0; index < 50; index++)
        {
            scenario.Aws.Queue.Send(
                Builders.AnEvent().InConversation($"conversation-{index}").OfStep("customer.end").Build()
            );
        }

        scenario.RunUntilEmpty(within: TimeSpan.FromHours(2));

        Assert.Equal(50, scenario.Aws.DeadLetters.Letters.Count);
        Assert.All(scenario.Aws.DeadLetters.Letters, letter => Assert.InRange(letter.About.Attempts, 8, 40));
        Assert.Empty(scenario.Aws.Queue.MovedByPolicy);
    }

    [Fact]
    public void A_dead_letter_that_is_redriven_is_tried_as_often_as_before()
    {
        using var scenario = new Scenario { Settlement = new() { TransientFor = TimeSpan.Zero } };
        var effect = scenario.AddEffect();
        effect.Faults.Always("ApplyAsync", Fault.Away);
        scenario.Aws.Queue.Send(AnEventWithEffect());
        scenario.RunUntilEmpty();
        var letter = Assert.Single(scenario.Aws.DeadLetters.Letters);
        Assert.Equal((8, 8), (letter.About.Attempts, effect.Runs));

        scenario.Aws.Queue.Send(letter.Body, letter.Attributes);
        scenario.RunUntilEmpty();

        Assert.Equal(2, scenario.Aws.DeadLetters.Letters.Count);
        Assert.Equal((8, 16), (scenario.Aws.DeadLetters.Letters[1].About.Attempts, effect.Runs));
    }

    [Fact]
    public void The_time_of_a_message_is_measured_by_the_names_of_OpenTelemetry_and_by_stage()
    {
        using var scenario = new Scenario();
        scenario.AddEffect().Faults.Next("ApplyAsync", Fault.Away);
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        const string Duration = "messaging.process.duration";
        var queue = ("messaging.destination.name", (object?)"genesys-events");
        Assert.Equal(2, scenario.Metrics.Count(Duration, ("messaging.system", "aws_sqs"), queue));
        Assert.Equal(1, scenario.Metrics.Count(Duration, ("error.type", "away"), ("outcome", "failed")));
        Assert.Equal(1, scenario.Metrics.Count(Duration, ("error.type", null), ("outcome", "recorded")));
        Assert.Equal(2, scenario.Metrics.Count("genesys.stage.duration", ("stage", "effect")));
        Assert.Equal(1, scenario.Metrics.Count("genesys.stage.duration", ("stage", "settle")));
    }

    [Fact]
    public void Rejected_becomes_a_dead_letter_at_once_and_costs_a_permanent_attempt()
    {
        using var scenario = new Scenario();
        scenario.AddEffect().Answers.Enqueue(new EffectAnswer.Rejected("genesys-rejected: 404 not.found"));
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        var letter = Assert.Single(scenario.Aws.DeadLetters.Letters);
        Assert.Equal("genesys-rejected", letter.About.ReasonCode);
        Assert.Equal(FailureClass.Permanent, letter.About.Class);
        var (key, attempts) = Assert.Single(scenario.Aws.Attempts.Attempts);
        Assert.Equal((FailureClass.Permanent, 1), (key.Class, attempts));
        Assert.Equal(1, scenario.Aws.Queue.ReceivedTotal);
    }

    [Theory]
    [InlineData("not json at all", "not-json")]
    [InlineData("[]", "not-an-object")]
    [InlineData("{}", "no-envelope")]
    [InlineData("""{"id":"1","source":"aws.partner/genesys.com/x","detail-type":"t","detail":{}}""", "no-event-body")]
    public void Poison_becomes_a_dead_letter_at_once_and_costs_a_poison_attempt(string body, string reason)
    {
        using var scenario = new Scenario();
        var id = scenario.Aws.Queue.Send(body);

        scenario.RunUntilEmpty();

        var letter = Assert.Single(scenario.Aws.DeadLetters.Letters);
        Assert.Equal(body, letter.Body);
        Assert.Equal((reason, FailureClass.Poison), (letter.About.ReasonCode, letter.About.Class));
        Assert.Equal((id, null), (letter.About.MessageId, letter.About.EventKey));
        var (key, attempts) = Assert.Single(scenario.Aws.Attempts.Attempts);
        Assert.Equal((FailureClass.Poison, 1), (key.Class, attempts));
        Assert.Empty(scenario.Aws.Table.Events);
    }

    [Fact]
    public void A_dead_letter_of_a_group_keeps_its_place()
    {
        using var scenario = new Scenario();
        var id = scenario.Aws.Queue.Send("{}", groupId: "group-1");

        scenario.RunUntilEmpty();

        Assert.Equal(new FifoPlace("group-1", id), Assert.Single(scenario.Aws.DeadLetters.Letters).Place);
    }

    [Fact]
    public void Attempts_are_one_sum_for_all_replicas()
    {
        using var scenario = new Scenario
        {
            Settlement = new() { TransientAttemptsMax = 6, TransientFor = TimeSpan.Zero },
        };
        var effect = scenario.AddEffect();
        effect.Faults.Always("ApplyAsync", Fault.Away);
        scenario.Aws.Queue.Send(AnEventWithEffect());
        var replicas = Enumerable.Range(0, 3).Select(_ => scenario.NewProcessor()).ToList();

        scenario.Run(async () =>
        {
            replicas.ForEach(replica => replica.Start());
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromHours(1));
            await Task.WhenAll(replicas.Select(replica => replica.DrainAsync()));
        });

        Assert.Equal(6, effect.Runs);
        Assert.Single(scenario.Aws.DeadLetters.Letters);
    }

    [Fact]
    public void While_attempts_cannot_be_counted_nothing_is_given_up()
    {
        using var scenario = new Scenario { Settlement = new() { TransientAttemptsMax = 1 } };
        scenario.AddEffect().Faults.Next("ApplyAsync", Fault.Away, Fault.Away);
        scenario.Aws.Attempts.Faults.IsAway = true;
        scenario.Aws.Queue.Send(AnEventWithEffect());

        scenario.RunUntilEmpty();

        Assert.Empty(scenario.Aws.DeadLetters.Letters);
    }

    [Fact]
    public void A_dead_letter_goes_out_before_its_message_is_deleted()
    {
        using var scenario = new Scenario();
        scenario.Aws.DeadLetters.Faults.Always("SendAsync", Fault.Late(TimeSpan.FromSeconds(10)));
        scenario.Aws.Queue.Send("{}");
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromSeconds(9), scenario.Time, CancellationToken.None);
            Assert.Single(scenario.Aws.Queue.Messages);
            await processor.DrainAsync();
        });

        Assert.Single(scenario.Aws.DeadLetters.Letters);
        Assert.Empty(scenario.Aws.Queue.Messages);
    }

    [Fact]
    public void A_message_that_has_no_grave_yet_stays_where_it_is()
    {
        using var scenario = new Scenario();
        scenario.Aws.DeadLetters.Faults.IsAway = true;
        scenario.Aws.Queue.Send("{}");

        scenario.RunFor(TimeSpan.FromHours(1));

        Assert.Single(scenario.Aws.Queue.Messages);
        Assert.Empty(scenario.Aws.Queue.MovedByPolicy);
        Assert.InRange(scenario.Aws.Queue.ReceivedTotal, 5, 20);
    }

    [Fact]
    public void A_dead_letter_whose_answer_was_lost_may_be_there_twice_but_never_not_at_all()
    {
        using var scenario = new Scenario();
        scenario.Aws.DeadLetters.Faults.Next("SendAsync", Fault.AnswerLost);
        scenario.Aws.Queue.Send("{}");

        scenario.RunUntilEmpty();

        Assert.Equal(2, scenario.Aws.DeadLetters.Letters.Count);
        Assert.Single(scenario.Aws.DeadLetters.Letters.DistinctBy(letter => letter.About.MessageId));
    }

    [Fact]
    public void A_bug_in_settling_gives_the_message_back()
    {
        using var scenario = new Scenario();
        scenario.Aws.Attempts.Faults.Next("CountAsync", Fault.Bug);
        scenario.Aws.Queue.Send("{}");

        var processor = scenario.RunUntilEmpty();

        Assert.Single(scenario.Aws.DeadLetters.Letters);
        Assert.Equal(2, processor.InFlight.Done);
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 265);
    }

    private static string AnEventWithEffect() => Builders.AnEvent().OfStep("customer.end").Build();
}
