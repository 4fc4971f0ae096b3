namespace Testing;

/// <summary>Waits for what another process does: looks, with a deadline, and says what it still saw at the end.</summary>
public static class Eventually
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <exception cref="TimeoutException">It was not seen in time.</exception>
    public static async Task<T> SeesAsync<T>(
        Func<CancellationToken, Task<T>> look,
        Predicate<T> satisfied,
        TimeSpan within,
        CancellationToken cancellationToken
    )
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (true)
        {
            var seen = await look(cancellationToken);
            if (satisfied(seen))
            {
                return seen;
            }

            if (time.GetElapsedTime(started) >= within)
            {
                throw new TimeoutException($"After {within} there was still {seen}.");
            }

            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }
}
