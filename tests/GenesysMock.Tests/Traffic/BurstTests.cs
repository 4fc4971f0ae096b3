using GenesysMock.Traffic;

namespace GenesysMock.Tests.Traffic;

public sealed class BurstTests
{
    private static readonly Burst Burst = new()
    {
        Every = TimeSpan.FromSeconds(60),
        For = TimeSpan.FromSeconds(3),
        Factor = 10,
    };

    [Fact]
    public void A_burst_is_ten_times_the_mean_rate()
    {
        var released = Released(perSecond: 100, seconds: 600);

        var inBursts = released.Count(at => at.TotalSeconds % 60 >= 57);

        // Ten bursts of three seconds at a thousand a second.
        Assert.InRange(inBursts, 29_900, 30_100);
    }

    [Fact]
    public void The_mean_rate_stays_what_it_was()
    {
        var released = Released(perSecond: 100, seconds: 600);

        Assert.InRange(released[^1].TotalSeconds, 599, 600);
    }

    [Fact]
    public void Nothing_is_released_before_it_is_due_and_nothing_overtakes()
    {
        var due = Enumerable.Range(0, 6_000).Select(tick => TimeSpan.FromMilliseconds(tick * 20)).ToList();
        var released = due.ConvertAll(Burst.Release);

        Assert.All(due.Zip(released), pair => Assert.True(pair.Second >= pair.First - TimeSpan.FromTicks(1)));
        Assert.Equal(released.Order(), released);
    }

    [Fact]
    public void A_burst_that_releases_all_there_is_leaves_silence_before_it()
    {
        var all = Burst with { Every = TimeSpan.FromSeconds(30) };

        Assert.Equal(TimeSpan.FromSeconds(27), all.Release(TimeSpan.Zero));
    }

    private static List<TimeSpan> Released(int perSecond, int seconds) =>
        [
            .. Enumerable
                .Range(0, perSecond * seconds)
                .Select(position => Burst.Release(TimeSpan.FromSeconds((double)position / perSecond))),
        ];
}
