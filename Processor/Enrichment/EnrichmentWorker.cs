using GenesysApi;
using GenesysApi.Budget;
using Processor.Receiving;

namespace Processor.Enrichment;

/// <summary>
/// Gathers distinct conversations until a call is full or the linger is over, and has them enriched. While the budget is empty or
/// blocked it receives nothing: a message that waits in the queue loses no receive. Recording knows nothing of all this.
/// </summary>
internal sealed partial class EnrichmentWorker(
    EnrichmentQueue queue,
    ConversationEnricher enricher,
    ApiBudget budget,
    EnrichmentOptions options,
    EnrichmentMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<EnrichmentWorker> logger
)
{
    /// <summary>However long a block lasts, it is looked at again so often: a configuration change may have ended it.</summary>
    private static readonly TimeSpan LookAgainMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan QueueBackoff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan QueueBackoffMax = TimeSpan.FromSeconds(20);

    /// <summary>A message that nobody understands comes back this often until the redrive policy takes it away.</summary>
    private static readonly TimeSpan UnreadableHidden = TimeSpan.FromMinutes(1);

    /// <summary>What the end of a process may still take after its grace period.</summary>
    private static readonly TimeSpan ReleaseMax = TimeSpan.FromSeconds(3);

    private int _queueFailures;

    /// <param name="draining">Take nothing new; what is under way may end within the grace period.</param>
    public async Task RunAsync(CancellationToken draining)
    {
        using var aborting = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var registration = draining.Register(() => aborting.CancelAfter(options.Grace));
        long received = 0;
        long released = 0;

        Log.Started(logger, options.BatchMax, options.Linger);
        while (await BudgetIsOpenAsync(draining))
        {
            var batch = await GatherAsync(draining, aborting.Token);
            received += batch.Messages;
            if (draining.IsCancellationRequested)
            {
                await ReleaseAsync(batch);
                released += batch.Messages;
            }
            else if (batch.Messages > 0)
            {
                await EnrichAsync(batch, aborting.Token);
            }
        }

        Log.Drained(logger, received, received - released, released);
    }

    private async Task<bool> BudgetIsOpenAsync(CancellationToken draining)
    {
        while (!draining.IsCancellationRequested)
        {
            var (until, by) = budget.Look(BudgetClass.Live, GenesysEndpoints.ConversationDetails) switch
            {
                Permit.Empty empty => (empty.Until, "budget"),
                Permit.Blocked blocked => (blocked.Until, blocked.By),
                _ => (DateTimeOffset.MinValue, ""),
            };
            if (until == DateTimeOffset.MinValue)
            {
                return true;
            }

            Log.WaitingForBudget(logger, until, by);
            var wait = until - time.GetUtcNow();
            await PauseAsync(wait < LookAgainMax ? wait : LookAgainMax, draining);
        }

        return false;
    }

    private async Task<EnrichmentBatch> GatherAsync(CancellationToken draining, CancellationToken aborting)
    {
        var batch = new EnrichmentBatch(options.BatchMax);
        var started = time.GetTimestamp();
        do
        {
            // Not `draining`: a receive that is cut off leaves messages that nobody sees until their visibility ends.
            switch (await ReceiveAsync(batch.Room, aborting))
            {
                case ReceiveAnswer.Messages { Received.Count: > 0 } messages:
                    _queueFailures = 0;
                    await AddAsync(batch, messages.Received, aborting);
                    break;
                case ReceiveAnswer.Unavailable unavailable when batch.Messages == 0:
                    await BackOffAsync(unavailable.Reason, draining);
                    return batch;
                default:
                    return batch;
            }
        } while (batch.Room > 0 && time.GetElapsedTime(started) < options.Linger && !draining.IsCancellationRequested);

        return batch;
    }

    private async Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken aborting)
    {
        try
        {
            return await queue.ReceiveAsync(max, aborting);
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            return new ReceiveAnswer.Messages([]);
        }
        catch (Exception exception)
        {
            // A worker that dies takes enrichment with it, and nobody would see why.
            Log.ReceiveFailed(logger, exception);
            return new ReceiveAnswer.Unavailable("unexpected-error");
        }
    }

    private async Task AddAsync(
        EnrichmentBatch batch,
        IReadOnlyList<ReceivedMessage> received,
        CancellationToken aborting
    )
    {
        metrics.Received(received.Count);
        foreach (var message in received)
        {
            if (EnrichmentRequest.Read(message) is { } request)
            {
                batch.Add(request);
            }
            else
            {
                Log.Unreadable(logger, message.MessageId);
                metrics.Concluded("unreadable");
                await queue.HideAsync(message, UnreadableHidden, aborting);
            }
        }
    }

    /// <summary>The one place where an unexpected failure of a batch ends: its messages come back when their visibility ends.</summary>
    private async Task EnrichAsync(EnrichmentBatch batch, CancellationToken aborting)
    {
        try
        {
            await enricher.EnrichAsync(batch, aborting);
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            Log.Aborted(logger, batch.Messages);
            await ReleaseAsync(batch);
        }
        catch (Exception exception)
        {
            Log.Unexpected(logger, exception, batch.ConversationIds.Count);
            await PauseAsync(QueueBackoff, aborting);
        }
    }

    /// <summary>Whatever of it is not done is visible to others at once; what is done or hidden already takes no harm from it.</summary>
    private async Task ReleaseAsync(EnrichmentBatch batch)
    {
        using var over = new CancellationTokenSource(ReleaseMax, time);
        try
        {
            await queue.ReleaseAsync([.. batch.Requests], over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // They come back when their visibility ends.
        }
    }

    private async Task BackOffAsync(string reason, CancellationToken draining)
    {
        _queueFailures++;
        var pause = Backoff.After(_queueFailures, QueueBackoff, QueueBackoffMax, random.NextDouble());
        if (_queueFailures == 1)
        {
            Log.QueueIsAway(logger, reason, pause);
        }

        await PauseAsync(pause, draining);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken until)
    {
        try
        {
            // Task.Delay cuts to whole milliseconds: less than one would be no pause at all, again and again.
            await Task.Delay(
                TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(pause.TotalMilliseconds))),
                time,
                until
            );
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // Whoever asked for the pause looks at the token next.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 300,
            Level = LogLevel.Information,
            Message = "Enriching up to {BatchMax} conversations a call, after a linger of {Linger}."
        )]
        public static partial void Started(ILogger logger, int batchMax, TimeSpan linger);

        [LoggerMessage(
            EventId = 301,
            Level = LogLevel.Information,
            Message = "Enrichment drained: received {Received} = handled {Handled} + released {Released}."
        )]
        public static partial void Drained(ILogger logger, long received, long handled, long released);

        [LoggerMessage(
            EventId = 302,
            Level = LogLevel.Debug,
            Message = "No enrichment message is received before {Until:O}, because {By} says so."
        )]
        public static partial void WaitingForBudget(ILogger logger, DateTimeOffset until, string by);

        [LoggerMessage(
            EventId = 303,
            Level = LogLevel.Warning,
            Message = "Message {MessageId} asks for no conversation; the redrive policy will take it away."
        )]
        public static partial void Unreadable(ILogger logger, string messageId);

        [LoggerMessage(
            EventId = 304,
            Level = LogLevel.Warning,
            Message = "The grace period is over; {Messages} enrichment messages are given back."
        )]
        public static partial void Aborted(ILogger logger, int messages);

        [LoggerMessage(
            EventId = 305,
            Level = LogLevel.Error,
            Message = "A batch of {Conversations} conversations failed unexpectedly; its messages come back by themselves."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception, int conversations);

        [LoggerMessage(
            EventId = 306,
            Level = LogLevel.Warning,
            Message = "The enrichment queue does not answer ({Reason}); trying again in {Pause}."
        )]
        public static partial void QueueIsAway(ILogger logger, string reason, TimeSpan pause);

        [LoggerMessage(
            EventId = 307,
            Level = LogLevel.Error,
            Message = "A receive of enrichment messages failed unexpectedly; the worker goes on."
        )]
        public static partial void ReceiveFailed(ILogger logger, Exception exception);
    }
}
