using Processor.Receiving;

namespace Processor.Tests.Receiving;

public sealed class SlotsTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_are_taken_at_the_most_because_a_receive_brings_no_more()
    {
        var slots = new Slots(25);

        Assert.Equal(10, await slots.TakeAsync(CancellationToken));
        Assert.Equal(10, await slots.TakeAsync(CancellationToken));
        Assert.Equal(5, await slots.TakeAsync(CancellationToken));
        Assert.Equal(0, slots.Free);
    }

    [Fact]
    public async Task Who_finds_none_waits_until_some_are_given_back_and_takes_them_all()
    {
        var slots = new Slots(10);
        await slots.TakeAsync(CancellationToken);
        var waiting = slots.TakeAsync(CancellationToken);
        Assert.False(waiting.IsCompleted);

        slots.GiveBack(4);

        Assert.Equal(4, await waiting);
    }

    [Fact]
    public async Task Of_many_that_wait_each_gets_its_turn()
    {
        var slots = new Slots(1);
        await slots.TakeAsync(CancellationToken);
        var waiting = Enumerable.Range(0, 5).Select(_ => TakeAndGiveBackAsync()).ToList();

        slots.GiveBack(1);

        await Task.WhenAll(waiting);
        Assert.Equal(1, slots.Free);

        async Task TakeAndGiveBackAsync() => slots.GiveBack(await slots.TakeAsync(CancellationToken));
    }

    [Fact]
    public async Task Who_gives_up_takes_none()
    {
        var slots = new Slots(1);
        await slots.TakeAsync(CancellationToken);
        using var impatient = new CancellationTokenSource();
        var waiting = slots.TakeAsync(impatient.Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        slots.GiveBack(1);

        Assert.Equal(1, slots.Free);
    }

    [Fact]
    public void A_slot_that_is_given_back_twice_is_a_bug_and_says_so() =>
        Assert.Throws<InvalidOperationException>(() => new Slots(10).GiveBack(1));
}
