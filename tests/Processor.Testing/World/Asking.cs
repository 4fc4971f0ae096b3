namespace Processor.Testing.World;

/// <summary>How a caller waits for the other side: giving up ends the waiting, never what was asked for.</summary>
internal static class Asking
{
    /// <param name="ask">What happens at the other side. It does not begin when the caller has given up before it asked.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!cancellationToken.CanBeCanceled)
        {
            return await ask();
        }

        // Not Task.WaitAsync: its continuation would leave a simulated world.
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.UnsafeRegister(
            static (answer, token) => ((TaskCompletionSource<T>)answer!).TrySetCanceled(token),
            answer
        );
        var served = ForwardAsync(ask, answer);
        var result = await answer.Task;
        await served;
        return result;
    }

    private static async Task ForwardAsync<T>(Func<Task<T>> ask, TaskCompletionSource<T> answer)
    {
        try
        {
            answer.TrySetResult(await ask());
        }
        catch (Exception bug)
        {
            answer.TrySetException(bug);
        }
    }
}
