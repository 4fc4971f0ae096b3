using GenesysApi.Budget;

namespace GenesysApi.Tests.Budget;

public sealed class BudgetLineTests
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    [Fact]
    public void Whoever_stands_in_line_is_served_before_one_who_comes_now()
    {
        var line = new BudgetLine(credit: 0) { Waiting = 3 };
        line.Pace.Set(60, TimeSpan.Zero, Forever);

        Assert.Equal(TimeSpan.FromSeconds(1 + 3), line.DueIn(TimeSpan.Zero));
    }

    /// <summary>Seed 8630: a limit fell while twelve calls of a person waited, and he was told to come back in five minutes and a half.</summary>
    [Fact]
    public void Nobody_waits_for_those_in_line_who_will_be_sent_away_too()
    {
        var line = new BudgetLine(credit: 0) { Waiting = 11 };
        line.Pace.Set(2, TimeSpan.Zero, Forever);

        Assert.Equal(TimeSpan.FromSeconds(30 + 2), line.DueIn(TimeSpan.Zero, patience: TimeSpan.FromSeconds(2)));
    }
}
