namespace ServiceDefaults;

/// <summary>
/// Waits for a signal under a token, as <see cref="Task.WaitAsync(CancellationToken)"/> and <see cref="SemaphoreSlim"/> do, but goes on
/// where the caller was: those two continue on the thread pool, outside a simulated world.
/// </summary>
public static class Waiting
{
    /// <param name="signal">It may have many waiters, each with a token of its own.</param>
    /// <param name="cancellationToken">Ends this wait, not the signal.</param>
    public static async Task ForAsync(Task signal, CancellationToken cancellationToken)
    {
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.UnsafeRegister(
            static woken => ((TaskCompletionSource)woken!).TrySetResult(),
            woken
        );
        var passingOn = PassOnAsync(signal, woken);
        await woken.Task;

        cancellationToken.ThrowIfCancellationRequested();
        await passingOn;
    }

    private static async Task PassOnAsync(Task signal, TaskCompletionSource woken)
    {
        try
        {
            await signal;
        }
        finally
        {
            woken.TrySetResult();
        }
    }
}
