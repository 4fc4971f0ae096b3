namespace Operations.Tests;

/// <summary>Waits for what another process does: looks, with a deadline, and says what it still saw at the end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

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

            Assert.True(time.GetElapsedTime(started) < within, $"After {within} there was still {seen}.");
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }
}
