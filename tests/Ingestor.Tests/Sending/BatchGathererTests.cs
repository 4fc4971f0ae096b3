using Ingestor.Sending;

namespace Ingestor.Tests.Sending;

public sealed class BatchGathererTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lone_sender_never_waits_for_company()
    {
        var house = new SentTogether();
        house.Arrive(1);

        var batch = await house.NextAsync();

        Assert.Single(batch.Events);
        Assert.Equal(0, house.Clock.ActiveTimers);
    }

    [Fact]
    public async Task Ten_events_that_are_there_go_together_and_the_rest_after_them()
    {
        var house = new SentTogether();
        house.Arrive(13);

        var first = await house.NextAsync();

        Assert.Equal(10, first.Events.Count);
    }

    [Fact]
    public async Task While_others_are_about_a_batch_waits_until_it_is_full()
    {
        var house = new SentTogether();
        house.AreAbout(20);
        house.Arrive(4);
        var lingering = house.Clock.WaitForNextTimerAsync(Ending);
        var gathering = house.NextAsync();
        await lingering;

        house.Arrive(6);
        var batch = await gathering;

        Assert.Equal(10, batch.Events.Count);
    }

    [Fact]
    public async Task When_all_who_are_about_have_come_nobody_is_waited_for()
    {
        var house = new SentTogether();
        house.AreAbout(1);
        house.Arrive(2);
        var lingering = house.Clock.WaitForNextTimerAsync(Ending);
        var gathering = house.NextAsync();
        await lingering;

        house.Admit("{}");
        var batch = await gathering;

        Assert.Equal(3, batch.Events.Count);
    }

    [Fact]
    public async Task A_batch_to_which_nobody_comes_goes_after_one_linger()
    {
        var house = new SentTogether();
        house.AreAbout(20);
        house.Arrive(4);
        var lingering = house.Clock.WaitForNextTimerAsync(Ending);
        var gathering = house.NextAsync();
        await lingering;

        house.Clock.Advance(TimeSpan.FromMilliseconds(5));
        var batch = await gathering;

        Assert.Equal(4, batch.Events.Count);
    }

    [Fact]
    public async Task As_long_as_somebody_comes_a_batch_waits_on_but_no_longer_than_the_limit()
    {
        var house = new SentTogether();
        house.AreAbout(20);
        house.Arrive(1);
        var lingering = house.Clock.WaitForNextTimerAsync(Ending);
        var gathering = house.NextAsync();
        for (var linger = 0; linger < 4; linger++)
        {
            await lingering;
            house.Arrive(1);
            lingering = house.Clock.WaitForNextTimerAsync(Ending);
            house.Clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        var batch = await gathering;

        Assert.Equal(5, batch.Events.Count);
    }

    [Fact]
    public async Task What_would_make_a_call_too_long_opens_the_next_batch()
    {
        var house = new SentTogether();
        var half = new string('x', QueueLimits.MessageBytesMax / 2);
        house.Admit(half, half, "{}");

        var first = await house.NextAsync();
        var second = await house.NextAsync();

        Assert.Equal(2, first.Events.Count);
        Assert.Equal("{}", Assert.Single(second.Events).Body);
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_is_dropped_and_makes_room()
    {
        var house = new SentTogether();
        house.Admit("{}");
        house.Admit("{}").SettleRest(EventOutcome.Unavailable.Instance);
        house.Admit("{}");

        var batch = await house.NextAsync();

        Assert.Equal(2, batch.Events.Count);
        Assert.Equal(2, house.Pending.Held);
    }

    [Fact]
    public async Task While_draining_a_batch_goes_as_it_is()
    {
        var house = new SentTogether();
        house.AreAbout(20);
        house.Arrive(4);
        var lingering = house.Clock.WaitForNextTimerAsync(Ending);
        var gathering = house.NextAsync();
        await lingering;

        house.Pending.Complete();
        var batch = await gathering;
        var end = await house.Gatherer.NextAsync(Ending);

        Assert.Equal(4, batch.Events.Count);
        Assert.Null(end);
    }

    [Fact]
    public void After_the_last_event_nothing_is_let_in_but_it_has_an_outcome()
    {
        var house = new SentTogether();
        house.Pending.Complete();

        var late = house.Admit("{}");

        Assert.True(late.Settled.IsCompleted);
        Assert.IsType<EventOutcome.Unavailable>(late.Events[0].Outcome);
        Assert.Equal(0, house.Pending.Held);
    }
}
