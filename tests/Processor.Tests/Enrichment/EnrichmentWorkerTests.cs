using GenesysApi.Calls;
using GenesysApi.Conversations;
using Processor.Enrichment;
using Processor.Enrichment.Timeline;

namespace Processor.Tests.Enrichment;

using Details = IReadOnlyList<ConversationDetails>;

public sealed class EnrichmentWorkerTests
{
    [Fact]
    public void A_hundred_conversations_are_asked_for_by_one_call()
    {
        var world = new AnEnrichment();
        Send(world, 250);

        world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal([100, 100, 50], world.Genesys.Calls.Select(ids => ids.Count));
        Assert.Equal(250, world.Summaries.All.Count);
        Assert.Empty(world.Queue.Entries);
    }

    [Fact]
    public void A_summary_says_after_which_call_it_was_written_and_for_how_many_that_asked()
    {
        var world = new AnEnrichment();
        world.Genesys.Tell = id => id == "c1" ? null : Told(id);
        Send(world, 30);

        world.RunFor(TimeSpan.FromSeconds(15));

        Assert.All(world.Summaries.All.Values, summary => Assert.Equal((30, "answered"), Of(summary)));

        static (int, string) Of(ConversationSummary summary) => (summary.Call!.Conversations, summary.Call.Answer);
    }

    [Fact]
    public void Many_messages_of_one_conversation_are_one_question_and_are_all_let_go()
    {
        var world = new AnEnrichment();
        for (var copy = 0; copy < 40; copy++)
        {
            world.Queue.Send("c1");
        }

        world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(["c1"], Assert.Single(world.Genesys.Calls));
        Assert.Empty(world.Queue.Entries);
    }

    [Fact]
    public void A_batch_that_does_not_fill_is_asked_for_when_the_linger_is_over()
    {
        var world = new AnEnrichment();

        world.RunFor(
            TimeSpan.FromSeconds(30),
            async () =>
            {
                for (var second = 0; second < 10; second++)
                {
                    world.Queue.Send($"c{second}");
                    await world.SleepAsync(TimeSpan.FromSeconds(1));
                }
            }
        );

        Assert.Equal(10, world.Summaries.All.Count);
        Assert.InRange(world.Genesys.Calls.Count, 2, 4);
    }

    [Fact]
    public void A_conversation_that_is_not_told_of_yet_is_summarised_by_its_events_and_asked_for_again()
    {
        var world = new AnEnrichment();
        world.Genesys.Tell = id => world.World.Elapsed < TimeSpan.FromSeconds(90) ? null : Told(id);
        world.Queue.Send("c1");
        DetailsState? atFirst = null;

        world.RunFor(
            TimeSpan.FromMinutes(10),
            async () =>
            {
                await world.SleepAsync(TimeSpan.FromSeconds(10));
                atFirst = world.Summaries.All["c1"].Details;
            }
        );

        Assert.Equal((DetailsState.Pending, DetailsState.Present), (atFirst!.Value, world.Summaries.All["c1"].Details));
        Assert.Empty(world.Queue.Entries);
    }

    [Fact]
    public void A_conversation_that_is_never_told_of_is_marked_so_in_the_end()
    {
        var world = new AnEnrichment();
        world.Genesys.Tell = _ => null;
        world.Queue.Send("c1");

        world.RunFor(TimeSpan.FromMinutes(40));

        Assert.Equal(DetailsState.Unavailable, world.Summaries.All["c1"].Details);
        Assert.Empty(world.Queue.Entries);
        Assert.InRange(world.Queue.ReceiveCountMax, 2, 19);
    }

    [Fact]
    public void An_account_that_does_not_know_of_the_end_yet_is_asked_for_again()
    {
        var world = new AnEnrichment();
        world.Genesys.Tell = id =>
            world.World.Elapsed < TimeSpan.FromSeconds(60) ? Told(id) with { ConversationEnd = null } : Told(id);
        world.Queue.Send("c1");

        world.RunFor(TimeSpan.FromMinutes(10));

        Assert.InRange(world.Genesys.Calls.Count, 2, 6);
        Assert.Equal(DetailsState.Present, world.Summaries.All["c1"].Details);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_refusal_of_two_hours_with_500_messages_waiting_costs_none_of_them_more_than_two_receives(int seed)
    {
        var world = new AnEnrichment(seed);
        Send(world, 500);
        Task<ApiOutcome<Details>>? refusal = null;
        world.Genesys.Answer = _ =>
        {
            refusal ??= world.Genesys.RefuseForAsync(TimeSpan.FromHours(2));
            return world.World.Elapsed < TimeSpan.FromHours(2) ? refusal.Result : null;
        };

        world.RunFor(TimeSpan.FromHours(2.2));

        Assert.Equal(500, world.Summaries.All.Count);
        Assert.Empty(world.Queue.Entries);
        Assert.InRange(world.Queue.ReceiveCountMax, 1, 2);
        Assert.InRange(world.Genesys.Calls.Count, 6, 8);
    }

    [Fact]
    public void While_the_budget_is_blocked_nothing_is_received()
    {
        var world = new AnEnrichment();
        var receives = 0;

        world.RunFor(
            TimeSpan.FromMinutes(30),
            async () =>
            {
                await world.SleepAsync(TimeSpan.FromSeconds(10));
                await world.Genesys.RefuseForAsync(TimeSpan.FromMinutes(20));
                await world.SleepAsync(TimeSpan.FromSeconds(5));
                receives = world.Queue.Receives;
                Send(world, 50);
                await world.SleepAsync(TimeSpan.FromMinutes(19));
                receives = world.Queue.Receives - receives;
            }
        );

        Assert.Equal(0, receives);
        Assert.Equal(50, world.Summaries.All.Count);
    }

    [Fact]
    public void Server_errors_are_waited_for_longer_each_time_and_never_reach_the_dead_letters()
    {
        var world = new AnEnrichment();
        Send(world, 20);
        world.Genesys.Answer = _ =>
            world.World.Elapsed < TimeSpan.FromHours(3) ? new ApiOutcome<Details>.Unavailable("http 503") : null;

        world.RunFor(TimeSpan.FromHours(4));

        Assert.Equal(20, world.Summaries.All.Count);
        Assert.InRange(world.Queue.ReceiveCountMax, 2, 15);
        Assert.True(world.Queue.Copies > 0);
    }

    [Fact]
    public void A_copy_that_was_sent_anew_still_knows_since_when_it_waits()
    {
        var world = new AnEnrichment(options: new EnrichmentOptions { ReceivesMax = 2 });
        world.Genesys.Tell = _ => null;
        world.Queue.Send("c1");

        world.RunFor(TimeSpan.FromMinutes(30));

        Assert.True(world.Queue.Copies > 0);
        Assert.Equal(DetailsState.Unavailable, world.Summaries.All["c1"].Details);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_table_that_is_away_delays_the_summary_and_loses_nothing(bool timelines, bool summaries)
    {
        var world = new AnEnrichment();
        (world.Timelines.IsAway, world.Summaries.IsAway) = (timelines, summaries);
        Send(world, 20);

        world.RunFor(
            TimeSpan.FromMinutes(15),
            async () =>
            {
                await world.SleepAsync(TimeSpan.FromMinutes(2));
                Assert.Empty(world.Summaries.All);
                Assert.Equal(20, world.Queue.Entries.Count);
                (world.Timelines.IsAway, world.Summaries.IsAway) = (false, false);
            }
        );

        Assert.Equal((20, 0), (world.Summaries.All.Count, world.Queue.Entries.Count));
    }

    [Fact]
    public void A_queue_that_is_away_is_asked_less_often_and_then_again()
    {
        var world = new AnEnrichment();
        Send(world, 5);
        world.Queue.IsAway = at => at < TimeSpan.FromMinutes(3);

        world.RunFor(TimeSpan.FromMinutes(5));

        Assert.Equal(5, world.Summaries.All.Count);
    }

    [Fact]
    public void An_announced_conversation_of_which_nothing_is_recorded_is_let_go_after_a_while()
    {
        var world = new AnEnrichment();
        world.Timelines.Set("c1", []);
        world.Queue.Send("c1");

        world.RunFor(TimeSpan.FromMinutes(40));

        Assert.Empty(world.Summaries.All);
        Assert.Empty(world.Queue.Entries);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("""{"conversationId":""}""")]
    [InlineData("""{"conversationId":7}""")]
    public void A_message_that_asks_for_nothing_is_left_to_the_redrive_policy(string body)
    {
        var world = new AnEnrichment();
        world.Queue.SendBody(body);
        world.Queue.Send("c1");

        world.RunFor(TimeSpan.FromMinutes(5));

        Assert.Equal(["c1"], Assert.Single(world.Genesys.Calls));
        Assert.InRange(Assert.Single(world.Queue.Entries).Receives, 3, 6);
    }

    [Fact]
    public void What_was_gathered_when_the_process_ends_is_visible_to_others_at_once()
    {
        var world = new AnEnrichment(options: new EnrichmentOptions { Linger = TimeSpan.FromSeconds(30) });

        world.RunFor(
            TimeSpan.FromSeconds(5),
            async () =>
            {
                await world.SleepAsync(TimeSpan.FromSeconds(4));
                Send(world, 20);
            }
        );

        Assert.Empty(world.Genesys.Calls);
        Assert.All(world.Queue.Entries, entry => Assert.True(entry.VisibleAt <= world.World.Elapsed));
    }

    [Fact]
    public void A_batch_that_was_asked_for_when_the_process_ends_is_finished()
    {
        var world = new AnEnrichment();
        Send(world, 100);

        world.RunFor(TimeSpan.FromMilliseconds(400));

        Assert.Equal((100, 0), (world.Summaries.All.Count, world.Queue.Entries.Count));
    }

    [Fact]
    public void A_batch_that_the_end_of_the_grace_period_cuts_off_is_visible_to_others_at_once()
    {
        var world = new AnEnrichment();
        world.Genesys.Takes = TimeSpan.FromHours(1);
        Send(world, 30);

        world.RunFor(TimeSpan.FromSeconds(20));

        Assert.Empty(world.Summaries.All);
        Assert.Equal(30, world.Queue.Entries.Count);
        Assert.All(world.Queue.Entries, entry => Assert.True(entry.VisibleAt <= world.World.Elapsed));
    }

    [Fact]
    public void A_receive_that_fails_unexpectedly_does_not_end_the_worker()
    {
        var world = new AnEnrichment();
        var failures = 0;
        world.Queue.IsAway = _ => failures++ < 3 ? throw new InvalidOperationException("A bug.") : false;
        world.Queue.Send("c1");

        world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(["c1"], world.Summaries.All.Keys);
    }

    [Fact]
    public void An_unexpected_failure_of_one_batch_does_not_end_the_worker()
    {
        var world = new AnEnrichment();
        world.Genesys.Answer = ids => ids.Contains("bug") ? throw new InvalidOperationException("A bug.") : null;
        world.Queue.Send("bug");

        world.RunFor(
            TimeSpan.FromMinutes(1),
            async () =>
            {
                await world.SleepAsync(TimeSpan.FromSeconds(20));
                world.Queue.Send("c1");
            }
        );

        Assert.Equal(["c1"], world.Summaries.All.Keys);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_a_burst_enrichment_costs_less_than_a_fiftieth_of_a_call_for_an_event(int seed)
    {
        const int Conversations = 500;
        var world = new AnEnrichment(seed);
        var toldFrom = Enumerable
            .Range(0, Conversations)
            .ToDictionary(number => $"c{number}", _ => TimeSpan.FromSeconds(world.World.Random.Next(60)));
        world.Genesys.Tell = id => world.World.Elapsed < toldFrom[id] ? null : Told(id);

        world.RunFor(
            TimeSpan.FromMinutes(10),
            async () =>
            {
                // Each conversation reaches its six boundaries in the course of half a minute.
                for (var step = 0; step < 6 * Conversations; step++)
                {
                    world.Queue.Send($"c{step % Conversations}");
                    await world.SleepAsync(TimeSpan.FromMilliseconds(10));
                }
            }
        );

        var events = Conversations * TimelineSamples.Lifecycle.Count;
        Assert.All(world.Summaries.All.Values, summary => Assert.Equal(DetailsState.Present, summary.Details));
        Assert.Equal(Conversations, world.Summaries.All.Count);
        Assert.InRange((double)world.Genesys.Calls.Count / events, 0, 0.02);
    }

    private static ConversationDetails Told(string id) => TimelineSamples.Details with { ConversationId = id };

    private static void Send(AnEnrichment world, int conversations)
    {
        for (var number = 0; number < conversations; number++)
        {
            world.Queue.Send($"c{number}");
        }
    }
}
