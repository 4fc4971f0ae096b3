using GenesysApi.Budget;

namespace GenesysApi.Tests.Budget;

public sealed class PaceTests
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    [Fact]
    public void Nothing_is_due_without_a_rate()
    {
        Assert.Null(new Pace(credit: 0).DueIn(TimeSpan.Zero));
    }

    [Fact]
    public void The_first_call_is_due_after_one_interval()
    {
        var pace = new Pace(credit: 0);

        pace.Set(60, TimeSpan.Zero, Forever);

        Assert.Equal(TimeSpan.FromSeconds(1), pace.DueIn(TimeSpan.Zero));
    }

    [Fact]
    public void An_idle_hour_saves_up_one_call_and_a_half()
    {
        var pace = new Pace(credit: 0);
        pace.Set(60, TimeSpan.Zero, Forever);
        var later = TimeSpan.FromHours(1);

        pace.Take(later);

        Assert.Equal(TimeSpan.FromSeconds(0.5), pace.DueIn(later));
    }

    [Fact]
    public void Nothing_is_due_after_the_end_of_the_lease()
    {
        var pace = new Pace(credit: 0);

        pace.Set(60, TimeSpan.Zero, TimeSpan.FromSeconds(10));

        Assert.Null(pace.DueIn(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_lease_that_ends_before_the_next_call_promises_none()
    {
        var pace = new Pace(credit: 0);

        pace.Set(6, TimeSpan.Zero, TimeSpan.FromSeconds(9));

        Assert.Null(pace.DueIn(TimeSpan.Zero));
    }

    [Fact]
    public void A_lowered_rate_counts_from_now_on_and_what_was_earned_stays()
    {
        var pace = new Pace(credit: 0);
        pace.Set(60, TimeSpan.Zero, Forever);
        var now = TimeSpan.FromSeconds(0.5);

        pace.Lower(30, now);

        Assert.Equal(TimeSpan.FromSeconds(1), pace.DueIn(now));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_minute_holds_more_than_its_rate_and_one_call_and_a_half(int seed)
    {
        var random = new Random(seed);
        var pace = new Pace(credit: 0);
        var now = TimeSpan.Zero;
        var calls = new List<TimeSpan>();
        pace.Set(96, now, Forever);

        while (now < TimeSpan.FromMinutes(10))
        {
            now += random.Next(10) == 0 ? TimeSpan.FromSeconds(random.NextDouble() * 20) : pace.DueIn(now)!.Value;
            while (pace.DueIn(now) == TimeSpan.Zero)
            {
                pace.Take(now);
                calls.Add(now);
            }
        }

        Assert.All(
            calls,
            from => Assert.InRange(calls.Count(at => at >= from && at < from + TimeSpan.FromMinutes(1)), 0, 97)
        );
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];
}
