using Proof.Emitting;
using Proof.Reporting;

namespace Proof.Tests;

public sealed class ReportTests
{
    [Theory]
    [InlineData(0.50, 50)]
    [InlineData(0.99, 99)]
    [InlineData(1.00, 100)]
    [InlineData(0.01, 1)]
    public void A_percentile_is_the_nearest_rank(double share, int milliseconds)
    {
        var sorted = Enumerable.Range(1, 100).Select(value => TimeSpan.FromMilliseconds(value)).ToList();

        Assert.Equal(milliseconds, Report.Percentile(sorted, share).TotalMilliseconds);
    }

    [Theory]
    [InlineData(291, 300, 97)]
    [InlineData(291, 0, 0)]
    public void The_budget_used_is_that_of_the_fullest_window(int most, int allowed, int percent) =>
        Assert.Equal(percent, new ApiTruth(most, 0, most) { AllowedInOneWindow = allowed }.BudgetUsed);

    [Fact]
    public void Of_nothing_the_percentile_is_zero() => Assert.Equal(TimeSpan.Zero, Report.Percentile([], 0.99));
}
