using Microsoft.Extensions.Options;

namespace Ingestor.Sending;

/// <summary>
/// Makes batches across requests. One sender at a time gathers (it holds the baton) while the others are on their way to SQS, so
/// the events of a moment come together in one batch instead of one in each sender's.
/// </summary>
internal sealed class BatchGatherer(
    PendingEvents pending,
    Crowd crowd,
    IOptions<SendingOptions> options,
    TimeProvider time
) : IDisposable
{
    private readonly SemaphoreSlim _baton = new(1, 1);
    private readonly TimeSpan _linger = options.Value.Linger;
    private readonly TimeSpan _lingerMax = options.Value.LingerMax;

    /// <summary>The next batch, or null when the last event of the process has been handed out.</summary>
    public async Task<EventBatch?> NextAsync(CancellationToken aborting)
    {
        await _baton.WaitAsync(aborting);
        try
        {
            while (await pending.WaitToReadAsync(aborting))
            {
                var batch = await GatherAsync();
                if (batch.Events.Count > 0)
                {
                    return batch;
                }
            }

            return null;
        }
        finally
        {
            _baton.Release();
        }
    }

    public void Dispose() => _baton.Dispose();

    private async Task<EventBatch> GatherAsync()
    {
        var batch = new EventBatch();
        pending.MoveInto(batch);

        var started = time.GetTimestamp();
        while (MoreMayCome(batch, out var count) && time.GetElapsedTime(started) is var waited && waited < _lingerMax)
        {
            var before = batch.Events.Count;
            var left = _lingerMax - waited;
            await pending.WaitForAsync(count, _linger < left ? _linger : left);
            pending.MoveInto(batch);

            if (batch.Events.Count == before)
            {
                break;
            }
        }

        return batch;
    }

    /// <summary>How many events are worth waiting for: what fits, but not more than there are senders about who can bring one.</summary>
    private bool MoreMayCome(EventBatch batch, out int count)
    {
        count = batch.IsFull || pending.IsCompleted ? 0 : Math.Min(batch.Room, crowd.Expected - batch.Requests);
        return count > 0;
    }
}
