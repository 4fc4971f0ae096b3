using Microsoft.Extensions.Options;

namespace Ingestor.Sending;

/// <summary>
/// Takes batches to SQS. It stops after the web server: by then every request has its answer, or waits for one of these batches.
/// </summary>
internal sealed partial class EventSender(
    IEventQueue queue,
    BatchGatherer gatherer,
    PendingEvents pending,
    IOptions<SendingOptions> options,
    IngestMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<EventSender> logger
) : BackgroundService
{
    private readonly CancellationTokenSource _aborting = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Log.Draining(logger, pending.Held);
        pending.Complete();

        // Only when the host's patience ends is a call to SQS broken off.
        await using var abort = cancellationToken.Register(_aborting.Cancel);
        await base.StopAsync(cancellationToken);
        Log.Drained(logger, pending.Held);
    }

    public override void Dispose()
    {
        _aborting.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.WatchBuffer(() => pending.Held);
        await queue.OpenAsync(stoppingToken);
        await Task.WhenAll(
            Enumerable.Range(0, options.Value.Senders).Select(_ => SendUntilDrainedAsync(_aborting.Token))
        );
    }

    private async Task SendUntilDrainedAsync(CancellationToken aborting)
    {
        try
        {
            while (await gatherer.NextAsync(aborting) is { } batch)
            {
                await DeliverAsync(batch, aborting);
            }
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            // The events still here have no acknowledgement; their senders send them again.
        }
    }

    private async Task DeliverAsync(EventBatch batch, CancellationToken aborting)
    {
        metrics.BatchGathered(batch.Events.Count);
        try
        {
            await SendWithRetriesAsync(batch, aborting);
        }
        catch (Exception exception) when (!aborting.IsCancellationRequested)
        {
            // A bug. It must not take the loop with it, nor the nine other events of the batch.
            Log.BatchBroke(logger, exception, batch.Events.Count);
        }
        finally
        {
            foreach (var left in batch.Events)
            {
                left.Settle(EventOutcome.Unavailable.Instance);
            }

            pending.Release(batch.Events.Count);
        }
    }

    private async Task SendWithRetriesAsync(EventBatch batch, CancellationToken aborting)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await queue.SendAsync(batch.Events, aborting) is QueueAnswer.Answered answered)
            {
                Settle(batch, answered.Outcomes);
            }

            batch = batch.Unsettled();
            if (batch.Events.Count == 0 || attempt == options.Value.Attempts)
            {
                return;
            }

            await Task.Delay(BackOff(attempt), time, aborting);
            batch = batch.Unsettled();
            if (batch.Events.Count == 0)
            {
                return;
            }
        }
    }

    private static void Settle(EventBatch batch, EventOutcome?[] outcomes)
    {
        for (var position = 0; position < outcomes.Length; position++)
        {
            if (outcomes[position] is { } outcome)
            {
                batch.Events[position].Settle(outcome);
            }
        }
    }

    private TimeSpan BackOff(int attempt) =>
        options.Value.RetryDelay * Math.Pow(2, attempt - 1) * (0.5 + random.NextDouble());

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 110,
            Level = LogLevel.Information,
            Message = "Draining: {Held} events are still on their way to SQS."
        )]
        public static partial void Draining(ILogger logger, int held);

        [LoggerMessage(EventId = 111, Level = LogLevel.Information, Message = "Drained: {Held} events were given up.")]
        public static partial void Drained(ILogger logger, int held);

        [LoggerMessage(EventId = 112, Level = LogLevel.Error, Message = "A batch of {Count} broke in our own code.")]
        public static partial void BatchBroke(ILogger logger, Exception exception, int count);
    }
}
