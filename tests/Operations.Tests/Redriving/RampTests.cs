using Operations.DeadLetters;
using Operations.Redriving;

namespace Operations.Tests.Redriving;

public sealed class RampTests
{
    [Theory]
    [InlineData(1, 0, 1, "Wait")]
    [InlineData(1, 0, 0, "Next")]
    [InlineData(1, 1, 0, "Stop")]
    [InlineData(10, 2, 8, "Wait")]
    [InlineData(10, 2, 0, "Next")]
    [InlineData(10, 3, 7, "Stop")]
    [InlineData(0, 0, 0, "Next")]
    public void A_step_decides_by_the_share_that_failed_again(int sent, int failed, int undecided, string verdict) =>
        Assert.Equal(verdict, Ramp.Of(sent, failed, undecided, stopAtPercent: 20).ToString());

    [Theory]
    [InlineData(null, null, null, "Name a group")]
    [InlineData("transient", null, null, "by class and reason together")]
    [InlineData("transient", "x", 0, "count is a number")]
    public void An_order_that_cannot_be_done_says_why(string? @class, string? reason, int? count, string why)
    {
        var order = new RedriveOrder
        {
            Class = @class,
            Reason = reason,
            Count = count,
        };

        Assert.Contains(why, order.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_of_a_program_that_counts_its_own_steps_is_one_step()
    {
        var order = new RedriveOrder
        {
            Class = "transient",
            Reason = "x",
            Request = "execution-0-3",
            Count = 25,
        };

        Assert.Equal([17], order.Steps(taken: 17, ramp: [1, 2, 5]));
    }

    [Fact]
    public void Letters_tell_what_became_of_a_redrive()
    {
        Letter?[] letters =
        [
            ALetter(LetterState.Recovered, "r1"),
            ALetter(LetterState.Dead, "r1"),
            ALetter(LetterState.Discarded, "r1"),
            ALetter(LetterState.Redriven, "r1"),
            ALetter(LetterState.Redriven, "r2"),
            null,
        ];

        var tally = Tally.Of("r1", letters);

        Assert.Equal(new Tally(Sent: 4, Recovered: 1, FailedAgain: 2, Skipped: 1) { Gone = 1 }, tally);
        Assert.Equal(1, tally.Undecided);
    }

    private static Letter ALetter(LetterState state, string redrive) =>
        new()
        {
            Id = "0123",
            State = state,
            Reason = "effect-timeout",
            Class = "transient",
            SentAt = DateTimeOffset.UnixEpoch,
            CollectedAt = DateTimeOffset.UnixEpoch,
            ExpiresAt = DateTimeOffset.MaxValue,
            Bytes = 2,
            Redrive = redrive,
        };
}
