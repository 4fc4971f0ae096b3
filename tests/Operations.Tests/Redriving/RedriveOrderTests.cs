using Operations.Redriving;

namespace Operations.Tests.Redriving;

public sealed class RedriveOrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(RedriveOrder.LettersMax + 1)]
    [InlineData(int.MaxValue)]
    public void A_step_that_no_redrive_can_make_is_refused(int step)
    {
        var order = new RedriveOrder
        {
            Class = "transient",
            Reason = "effect-timeout",
            Ramp = [1, step],
        };

        Assert.StartsWith("ramp is", order.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_canary_and_then_all_is_a_ramp()
    {
        var order = new RedriveOrder
        {
            Class = "transient",
            Reason = "effect-timeout",
            Ramp = [1, RedriveOrder.LettersMax],
        };

        Assert.Null(order.Fault);
    }
}
