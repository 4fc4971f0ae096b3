using ServiceDefaults;

namespace GenesysApi.Budget;

/// <summary>
/// One at a time, in the order in which they came. A semaphore does the same, but whoever waits for it under a token goes on
/// outside a simulated world.
/// </summary>
internal sealed class Turns
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private bool _isTaken;

    /// <summary>Whoever got the turn must <see cref="End"/> it.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (!_isTaken)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _isTaken = true;
                return;
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        try
        {
            await Waiting.ForAsync(turn.Task, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (!turn.TrySetCanceled(cancellationToken))
            {
                // The turn came together with the end of the waiting: it is the next one's.
                End();
            }

            throw;
        }
    }

    public void End()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _isTaken = false;
        }
    }
}
