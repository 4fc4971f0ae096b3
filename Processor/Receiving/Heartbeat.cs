using Processor.Processing;

namespace Processor.Receiving;

/// <summary>
/// Keeps what runs long ours: in one tick it extends visibility in good time, and with it the claim of a running effect. It never goes
/// near SQS's twelve hours, it stops for a message before that is deleted or hidden, and a lost handle or claim cancels the work.
/// </summary>
internal sealed partial class Heartbeat(
    IEventQueue queue,
    InFlight inFlight,
    ReceivingOptions options,
    ReceivingMetrics metrics,
    TimeProvider time,
    ILogger<Heartbeat> logger
)
{
    private const int BatchMax = 10;

    private readonly Lock _gate = new();
    private readonly HashSet<Delivery> _renewing = [];
    private TaskCompletionSource _tick = new();

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.Beat, time, stopping);
                await TickAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The last to stop.
        }
    }

    /// <summary>No renewal of these is under way afterwards, and none will be.</summary>
    public Task StopAsync(IReadOnlyList<Delivery> deliveries)
    {
        lock (_gate)
        {
            var underWay = false;
            foreach (var delivery in deliveries)
            {
                delivery.IsSettling = true;
                underWay |= _renewing.Contains(delivery);
            }

            return underWay ? _tick.Task : Task.CompletedTask;
        }
    }

    internal async Task TickAsync(CancellationToken stopping)
    {
        var due = TakeDue();
        try
        {
            await RenewAsync(due, stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // A bug; the next tick comes before anything is lost by it, and without ticks everything would be.
            Log.Unexpected(logger, exception);
        }
        finally
        {
            lock (_gate)
            {
                _renewing.Clear();
                _tick.TrySetResult();
            }
        }
    }

    private List<Delivery> TakeDue()
    {
        var all = new List<Delivery>();
        inFlight.CopyTo(all);
        var now = time.GetUtcNow();

        lock (_gate)
        {
            _tick = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _renewing.UnionWith(
                all.Where(delivery =>
                    !delivery.IsSettling && !delivery.IsLost && delivery.VisibleUntil - now < options.RenewedBelow
                )
            );
            return [.. _renewing];
        }
    }

    private async Task RenewAsync(List<Delivery> due, CancellationToken stopping)
    {
        foreach (var chunk in due.Chunk(BatchMax))
        {
            await ExtendAsync(chunk, stopping);
        }

        foreach (var delivery in due)
        {
            // A claim that was completed or released meanwhile is refused too, and nothing is lost by that.
            if (
                delivery is { IsLost: false, RenewClaim: { } renewClaim }
                && !await renewClaim(stopping)
                && delivery.RenewClaim == renewClaim
            )
            {
                Lose(delivery, "claim");
            }
        }
    }

    private async Task ExtendAsync(Delivery[] chunk, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        var within = new List<Delivery>(chunk.Length);
        foreach (var delivery in chunk)
        {
            if (now + options.VisibilityTimeout - delivery.ReceivedAt <= options.VisibilityMax)
            {
                within.Add(delivery);
            }
            else if (delivery.VisibleUntil - now <= options.Beat)
            {
                Lose(delivery, "visibility limit");
            }
        }

        if (within.Count == 0)
        {
            return;
        }

        var answers = await queue.ChangeVisibilityAsync(
            within.ConvertAll(delivery => new VisibilityChange(delivery.Message, options.VisibilityTimeout)),
            stopping
        );
        for (var index = 0; index < within.Count; index++)
        {
            switch (answers[index])
            {
                case VisibilityAnswer.Changed:
                    within[index].VisibleUntil = now + options.VisibilityTimeout;
                    metrics.Extended();
                    break;

                case VisibilityAnswer.Lost:
                    Lose(within[index], "receipt handle");
                    break;

                case VisibilityAnswer.Unavailable when within[index].VisibleUntil <= time.GetUtcNow():
                    Lose(within[index], "visibility");
                    break;
            }
        }
    }

    private void Lose(Delivery delivery, string what)
    {
        Log.Lost(logger, delivery.Message.MessageId, what);
        metrics.Lost();
        delivery.Lose();
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 212,
            Level = LogLevel.Warning,
            Message = "Message {MessageId} is no longer ours ({What}); its work stops."
        )]
        public static partial void Lost(ILogger logger, string messageId, string what);

        [LoggerMessage(
            EventId = 214,
            Level = LogLevel.Error,
            Message = "A heartbeat failed unexpectedly; the next one goes on."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
