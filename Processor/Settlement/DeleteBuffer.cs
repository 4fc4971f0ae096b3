using Processor.Processing;
using Processor.Receiving;
using Processor.Recording;

namespace Processor.Settlement;

/// <summary>
/// Deletes what is done, ten at a time. A delete that fails is tried again; one that keeps failing is remembered by its id, so that
/// the next delivery of the message costs a delete and no work.
/// </summary>
internal sealed partial class DeleteBuffer(
    IEventQueue queue,
    InFlight inFlight,
    Heartbeat heartbeat,
    ReceivingOptions receiving,
    SettlementOptions options,
    TimeProvider time,
    Random random,
    ILogger<DeleteBuffer> logger
)
{
    private readonly BatchLoop<Delivery> _batches = new(receiving.Slots, options.CallsMax, options.Linger, time);
    private readonly RecentKeys _undeleted = new(options.UndeletedMax);

    /// <summary>True when an earlier delivery of this message was done and could not be deleted.</summary>
    public bool IsDone(string messageId) => _undeleted.Contains(messageId);

    public ValueTask AddAsync(Delivery delivery, CancellationToken cancellationToken) =>
        _batches.AddAsync(delivery, cancellationToken);

    public void Complete() => _batches.Complete();

    public Task RunAsync(CancellationToken aborting) => _batches.RunAsync(batch => DeleteAsync(batch, aborting));

    private async Task DeleteAsync(IReadOnlyList<Delivery> batch, CancellationToken aborting)
    {
        // Renewing what is being deleted would fail, or show a message that is gone. It waited here under renewal until now.
        await heartbeat.StopAsync(batch);

        var left = batch;
        for (var attempt = 1; ; attempt++)
        {
            left = await DeleteOnceAsync(left, aborting);
            if (left.Count == 0 || attempt == options.CallAttemptsMax || aborting.IsCancellationRequested)
            {
                break;
            }

            var pause = Backoff.After(attempt, options.CallBackoff, receiving.BackoffMax, random.NextDouble());
            await Task.Delay(pause, time, CancellationToken.None);
        }

        foreach (var delivery in left)
        {
            _undeleted.Add(delivery.Message.MessageId);
            inFlight.Complete(delivery);
        }

        if (left.Count > 0)
        {
            Log.NotDeleted(logger, left.Count);
        }
    }

    /// <summary>Not cancelled when a drain begins: what is done is deleted, or it is done again.</summary>
    private async Task<IReadOnlyList<Delivery>> DeleteOnceAsync(
        IReadOnlyList<Delivery> batch,
        CancellationToken aborting
    )
    {
        bool[] deleted;
        try
        {
            deleted = await queue.DeleteAsync([.. batch.Select(delivery => delivery.Message)], aborting);
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            return batch;
        }

        var left = new List<Delivery>();
        for (var index = 0; index < batch.Count; index++)
        {
            if (deleted[index])
            {
                inFlight.Complete(batch[index]);
            }
            else
            {
                left.Add(batch[index]);
            }
        }

        return left;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 260,
            Level = LogLevel.Warning,
            Message = "{Count} messages are done but could not be deleted; they are deleted when they come again."
        )]
        public static partial void NotDeleted(ILogger logger, int count);
    }
}
