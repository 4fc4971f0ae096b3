namespace Processor.Receiving;

/// <summary>
/// The right to have a message under way. Room is taken before a message is asked for and given back when the message is settled,
/// so that memory is bounded and no message waits in this process for work that cannot start.
/// </summary>
internal sealed class Slots(int slotsMax) : IDisposable
{
    /// <summary>What SQS gives in one receive at the most.</summary>
    public const int TakenMax = 10;

    private readonly SemaphoreSlim _free = new(slotsMax, slotsMax);

    public int Free => _free.CurrentCount;

    public int InUse => slotsMax - _free.CurrentCount;

    /// <summary>Waits for one slot and takes what else is free, ten at the most.</summary>
    public async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);

        var taken = 1;
        while (taken < TakenMax && _free.Wait(0, CancellationToken.None))
        {
            taken++;
        }

        return taken;
    }

    public void GiveBack(int count)
    {
        if (count > 0)
        {
            _free.Release(count);
        }
    }

    public void Dispose() => _free.Dispose();
}
