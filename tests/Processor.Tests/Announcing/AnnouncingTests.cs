using Processor.Announcing;
using Processor.Effects;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Announcing;

public sealed class AnnouncingTests
{
    private const string Send = nameof(IEnrichmentRequests.SendAsync);

    [Fact]
    public void A_boundary_of_a_conversation_is_announced_with_a_delay()
    {
        using var scenario = Announcing();
        scenario.Aws.Queue.Send(Boundary("conversation-1"));
        var began = scenario.Now;

        scenario.RunUntilEmpty();

        var (conversationId, visibleAt) = Assert.Single(scenario.Aws.Enrichment.Requests);
        Assert.Equal("conversation-1", conversationId);
        Assert.InRange(visibleAt - began, scenario.Announcing.Delay, scenario.Announcing.Delay * 2);
    }

    [Fact]
    public void What_is_no_boundary_is_not_announced()
    {
        using var scenario = Announcing();
        scenario.Aws.Queue.Send(Builders.AnEvent().OfStep("flow.start").Build());

        scenario.RunUntilEmpty();

        Assert.Empty(scenario.Aws.Enrichment.Requests);
    }

    [Fact]
    public void The_boundaries_of_one_moment_are_one_announcement()
    {
        using var scenario = Announcing();
        foreach (var step in new[] { "acd.end", "user.end", "customer.end", "wrapup" })
        {
            scenario.Aws.Queue.Send(Builders.AnEvent().OfStep(step).Build());
        }

        scenario.RunUntilEmpty();

        Assert.Single(scenario.Aws.Enrichment.Requests);
    }

    [Fact]
    public void A_boundary_that_comes_when_the_announcement_may_have_been_read_is_announced_again()
    {
        using var scenario = Announcing();
        scenario.Aws.Queue.Send(Boundary("conversation-1"));
        scenario.Aws.Queue.Send(
            Builders.AnEvent().OfStep("wrapup").Build(),
            delay: scenario.Announcing.Delay + scenario.Announcing.Linger + TimeSpan.FromSeconds(1)
        );

        scenario.RunUntilEmpty();

        Assert.Equal(2, scenario.Aws.Enrichment.Requests.Count);
    }

    /// <summary>Seed 21: each return asked for a call of the API for whose budget the effect waited, and neither ever ended.</summary>
    [Fact]
    public void An_event_that_comes_again_because_its_effect_waits_is_not_announced_again()
    {
        using var scenario = Announcing();
        var effect = scenario.AddEffect();
        for (var wait = 1; wait <= 5; wait++)
        {
            effect.Answers.Enqueue(
                new EffectAnswer.Deferred(scenario.Now + (wait * TimeSpan.FromMinutes(1)), "budget")
            );
        }

        scenario.Aws.Queue.Send(Builders.AnEvent().OfStep("customer.end").Build());

        scenario.RunUntilEmpty();

        Assert.Single(scenario.Aws.Enrichment.Requests);
        Assert.Equal(6, effect.Runs);
    }

    [Fact]
    public void Announcements_of_several_receives_travel_together()
    {
        using var scenario = Announcing();
        for (var index = 0; index < 100; index++)
        {
            scenario.Aws.Queue.Send(
                index % 10 == 0
                    ? Boundary($"conversation-{index}")
                    : Builders.AnEvent().InConversation($"{index}").Build()
            );
        }

        scenario.RunUntilEmpty();

        Assert.Equal(10, scenario.Aws.Enrichment.Requests.Count);
        Assert.Equal(1, scenario.Aws.Enrichment.Faults.CallsOf(Send));
    }

    [Fact]
    public void Ten_that_are_together_do_not_wait_for_an_eleventh()
    {
        using var scenario = Announcing(new() { Linger = TimeSpan.FromSeconds(5) });
        for (var index = 0; index < 10; index++)
        {
            scenario.Aws.Queue.Send(Boundary($"conversation-{index}"));
        }

        scenario.RunUntilEmpty(within: TimeSpan.FromSeconds(2));

        Assert.Equal(10, scenario.Aws.Enrichment.Requests.Count);
    }

    [Fact]
    public void Events_that_have_nothing_to_announce_do_not_wait_for_those_that_have()
    {
        using var scenario = Announcing(new() { Linger = TimeSpan.FromSeconds(5) });
        scenario.Aws.Queue.Send(Boundary("conversation-1"));
        scenario.Aws.Queue.Send(Builders.AnEvent().InConversation("conversation-2").Build());
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await Task.Delay(TimeSpan.FromSeconds(1), scenario.Time, CancellationToken.None);
            Assert.Single(scenario.Aws.Queue.Messages);
            await processor.DrainAsync();
        });

        Assert.Empty(scenario.Aws.Queue.Messages);
    }

    [Fact]
    public void Whoever_acts_on_the_announcement_finds_the_event_in_the_table()
    {
        using var scenario = Announcing();
        scenario.Aws.Table.Faults.Next("WriteAsync", Fault.Away, Fault.Late(TimeSpan.FromSeconds(2)));
        scenario.Aws.Queue.Send(Boundary("conversation-1"));
        var processor = scenario.NewProcessor();

        scenario.Run(async () =>
        {
            processor.Start();
            await scenario.Aws.UntilAsync(
                () => scenario.Aws.Enrichment.Requests.Count > 0,
                "announcement",
                TimeSpan.FromMinutes(5)
            );
            Assert.Single(scenario.Aws.Table.Events);
            await processor.DrainAsync();
        });
    }

    [Fact]
    public void An_event_that_comes_back_for_its_effect_is_not_announced_again()
    {
        using var scenario = Announcing();
        var effect = scenario.AddEffect();
        for (var minute = 1; minute <= 5; minute++)
        {
            effect.Answers.Enqueue(new EffectAnswer.Deferred(scenario.Now.AddMinutes(minute), "rate-limited"));
        }

        scenario.Aws.Queue.Send(Boundary("conversation-1"));

        scenario.RunUntilEmpty();

        Assert.Equal(6, scenario.Aws.Queue.ReceivedTotal);
        Assert.Single(scenario.Aws.Enrichment.Requests);
    }

    [Fact]
    public void An_announcement_that_could_not_be_sent_keeps_its_message_in_the_queue()
    {
        using var scenario = Announcing();
        scenario.Aws.Enrichment.Faults.Next(Send, Fault.Partial(0));
        scenario.Aws.Queue.Send(Boundary("conversation-1"));
        scenario.Aws.Queue.Send(Boundary("conversation-2"));

        scenario.RunUntilEmpty();

        Assert.Equal(2, scenario.Aws.Enrichment.Requests.DistinctBy(request => request.ConversationId).Count());
        Assert.Equal(3, scenario.Aws.Queue.ReceivedTotal);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
    }

    [Fact]
    public void While_enrichment_is_away_its_messages_come_back_less_and_less_often()
    {
        using var scenario = Announcing();
        scenario.Aws.Enrichment.Faults.IsAway = true;
        scenario.Aws.Queue.Send(Boundary("conversation-1"));

        scenario.RunFor(TimeSpan.FromHours(2));

        // Every five seconds it would be 1,440 times.
        Assert.InRange(scenario.Aws.Queue.ReceivedTotal, 10, 120);
        Assert.Single(scenario.Aws.Table.Events);
        Assert.Single(scenario.Aws.Queue.Messages);
        Assert.Empty(scenario.Aws.Attempts.Attempts);
    }

    [Fact]
    public void A_bug_in_sending_is_the_failure_of_those_that_were_sent_together()
    {
        using var scenario = Announcing();
        scenario.Aws.Enrichment.Faults.Next(Send, Fault.Bug);
        scenario.Aws.Queue.Send(Boundary("conversation-1"));
        scenario.Aws.Queue.Send(Boundary("conversation-2"));

        scenario.RunUntilEmpty();

        Assert.Equal(2, scenario.Aws.Enrichment.Requests.Count);
    }

    private static Scenario Announcing(AnnouncingOptions? options = null) =>
        new() { Announcing = options ?? new AnnouncingOptions() };

    private static string Boundary(string conversationId) =>
        Builders.AnEvent().InConversation(conversationId).OfStep("customer.end").Build();
}
