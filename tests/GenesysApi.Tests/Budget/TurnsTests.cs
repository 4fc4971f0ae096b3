using GenesysApi.Budget;

namespace GenesysApi.Tests.Budget;

public sealed class TurnsTests
{
    [Fact]
    public async Task Turns_are_taken_in_the_order_in_which_they_were_asked_for()
    {
        var turns = new Turns();
        await turns.TakeAsync(TestContext.Current.CancellationToken);
        var second = turns.TakeAsync(TestContext.Current.CancellationToken);
        var third = turns.TakeAsync(TestContext.Current.CancellationToken);

        turns.End();

        await second;
        Assert.False(third.IsCompleted);
        turns.End();
        await third;
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_passed_over()
    {
        var turns = new Turns();
        await turns.TakeAsync(TestContext.Current.CancellationToken);
        using var impatient = new CancellationTokenSource();
        var second = turns.TakeAsync(impatient.Token);
        var third = turns.TakeAsync(TestContext.Current.CancellationToken);

        impatient.Cancel();
        turns.End();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await third;
    }

    [Fact]
    public async Task A_turn_that_comes_to_somebody_who_gives_up_at_that_moment_is_the_next_ones()
    {
        var turns = new Turns();
        await turns.TakeAsync(TestContext.Current.CancellationToken);
        using var impatient = new CancellationTokenSource();
        var second = turns.TakeAsync(impatient.Token);

        turns.End();
        impatient.Cancel();
        try
        {
            await second;
            turns.End();
        }
        catch (OperationCanceledException)
        {
            // Then nobody has it.
        }

        await turns.TakeAsync(TestContext.Current.CancellationToken);
    }
}
