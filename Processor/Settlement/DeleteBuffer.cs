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
    ProcessingMetrics metrics,
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

        var started = time.GetTimestamp();
        var left = batch;
        for (var attempt = 1; ; attempt++)
        {
            left = await DeleteOnceAsync(left);
            if (left.Count == 0 || attempt == options.CallAttemptsMax || aborting.IsCancellationRequested)
            {
                break;
            }

            var pause = Backoff.After(attempt, options.CallBackoff, receiving.BackoffMax, random.NextDouble());
            await Task.Delay(pause, time, CancellationToken.None);
        }

        metrics.Stage("settle", time.GetElapsedTime(started));
        Remember(left);
    }

    /// <summary>Under no token, not even at the end of the grace period: what is done is deleted, or it is done again.</summary>
    private async Task<IReadOnlyList<Delivery>> DeleteOnceAsync(IReadOnlyList<Delivery> batch)
    {
        DeleteAnswer[] answers;
        try
        {
            answers = await queue.DeleteAsync([.. batch.Select(delivery => delivery.Message)], CancellationToken.None);
        }
        catch (Exception exception)
        {
            // A bug; it must not end the loop that all deletes go through, nor keep the slots of these.
            Log.Unexpected(logger, exception, batch.Count);
            return batch;
        }

        Remember(At(DeleteAnswer.Refused));
        inFlight.Complete(At(DeleteAnswer.Deleted));
        return At(DeleteAnswer.Unavailable);

        List<Delivery> At(DeleteAnswer answer) => [.. batch.Where((_, index) => answers[index] == answer)];
    }

    private void Remember(IReadOnlyList<Delivery> undeleted)
    {
        if (undeleted.Count == 0)
        {
            return;
        }

        foreach (var delivery in undeleted)
        {
            _undeleted.Add(delivery.Message.MessageId);
        }

        inFlight.Complete(undeleted);
        Log.NotDeleted(logger, undeleted.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 260,
            Level = LogLevel.Warning,
            Message = "{Count} messages are done but could not be deleted; they are deleted when they come again."
        )]
        public static partial void NotDeleted(ILogger logger, int count);

        [LoggerMessage(
            EventId = 263,
            Level = LogLevel.Error,
            Message = "A delete of {Count} messages failed unexpectedly; it is tried again."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception, int count);
    }
}
