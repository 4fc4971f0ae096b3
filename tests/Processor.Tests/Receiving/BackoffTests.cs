using Processor.Receiving;

namespace Processor.Tests.Receiving;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 16)]
    [InlineData(6, 20)]
    [InlineData(1_000_000, 20)]
    public void The_longest_pause_doubles_with_each_failure_up_to_the_limit(int failures, double seconds) =>
        Assert.Equal(seconds, Backoff.After(failures, First, Max, chance: 1).TotalSeconds, precision: 6);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Chance_takes_a_part_of_it_but_never_all(int failures)
    {
        var shortest = Backoff.After(failures, First, Max, chance: 0);

        Assert.InRange(shortest, First / 10, Backoff.After(failures, First, Max, chance: 0.5));
        Assert.NotEqual(TimeSpan.Zero, shortest);
    }
}
