using ServiceDefaults;

namespace Processor.Receiving;

/// <summary>
/// The right to have a message under way. Room is taken before a message is asked for and given back when the message is settled,
/// so that memory is bounded and no message waits in this process for work that cannot start.
/// </summary>
internal sealed class Slots(int slotsMax)
{
    /// <summary>What SQS gives in one receive at the most.</summary>
    public const int TakenMax = 10;

    private readonly Lock _gate = new();
    private TaskCompletionSource? _freed;
    private int _inUse;

    public int InUse
    {
        get
        {
            lock (_gate)
            {
                return _inUse;
            }
        }
    }

    public int Free => slotsMax - InUse;

    /// <summary>Waits for one slot and takes what else is free, ten at the most.</summary>
    public async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();

            Task freed;
            lock (_gate)
            {
                if (_inUse < slotsMax)
                {
                    var taken = Math.Min(slotsMax - _inUse, TakenMax);
                    _inUse += taken;
                    return taken;
                }

                _freed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                freed = _freed.Task;
            }

            await Waiting.ForAsync(freed, cancellationToken);
        }
    }

    public void GiveBack(int count)
    {
        if (count == 0)
        {
            return;
        }

        TaskCompletionSource? freed;
        lock (_gate)
        {
            _inUse -= count;
            if (_inUse < 0)
            {
                throw new InvalidOperationException($"{-_inUse} slots were given back that nobody had taken.");
            }

            (freed, _freed) = (_freed, null);
        }

        freed?.TrySetResult();
    }
}
