namespace Processor.Receiving;

/// <summary>How long to wait after the n-th failure in a row: exponential, with full jitter so that replicas do not return together.</summary>
internal static class Backoff
{
    /// <param name="failures">1 or more.</param>
    /// <param name="first">The longest pause after the first failure.</param>
    /// <param name="max">The longest pause at all.</param>
    /// <param name="chance">A draw from [0, 1).</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan max, double chance)
    {
        // Thirty doublings of a millisecond are twelve days: past that, only the limit speaks.
        var longest = Math.Min(max.Ticks, first.Ticks * Math.Pow(2, Math.Min(failures - 1, 30)));

        // Never zero: a pause that may be nothing is a hot loop with luck.
        return TimeSpan.FromTicks((long)(longest * (0.1 + (0.9 * chance))));
    }
}
