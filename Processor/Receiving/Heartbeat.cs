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
    private readonly Dictionary<Delivery, Task> _extending = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        var ticks = new List<Task>();
        try
        {
            while (true)
            {
                await Task.Delay(options.Beat, time, stopping);
                ticks.RemoveAll(tick => tick.IsCompleted);

                // Not awaited: what is slow for some must not keep the next beat from the others.
                ticks.Add(TickAsync(stopping));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The last to stop.
        }

        await Task.WhenAll(ticks);
    }

    /// <summary>No renewal of these messages' visibility is under way afterwards, and none will be.</summary>
    public Task StopAsync(IReadOnlyList<Delivery> deliveries)
    {
        lock (_gate)
        {
            var underWay = new List<Task>();
            foreach (var delivery in deliveries)
            {
                delivery.IsSettling = true;
                if (_extending.TryGetValue(delivery, out var extending))
                {
                    underWay.Add(extending);
                }
            }

            return EachAsync(underWay);
        }
    }

    /// <summary>One after the other: <see cref="Task.WhenAll(Task[])"/> would hear of a signal on the thread pool, outside a simulated world.</summary>
    private static async Task EachAsync(List<Task> signals)
    {
        foreach (var signal in signals)
        {
            await signal;
        }
    }

    /// <summary>All that is due, ten by ten and side by side, for no longer than a beat: what had no answer is due at the next one.</summary>
    private async Task TickAsync(CancellationToken stopping)
    {
        using var over = new CancellationTokenSource(options.Beat, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopping);
        await Task.WhenAll(TakeDue().Select(due => RenewAsync(due.Chunk, due.Extended, limit.Token)));
    }

    private List<(Delivery[] Chunk, TaskCompletionSource Extended)> TakeDue()
    {
        var all = new List<Delivery>();
        inFlight.CopyTo(all);
        var now = time.GetUtcNow();

        lock (_gate)
        {
            var due = all.Where(delivery =>
                !delivery.IsSettling
                && !delivery.IsLost
                && delivery.VisibleUntil - now < options.RenewedBelow
                && !_extending.ContainsKey(delivery)
            );
            var chunks = new List<(Delivery[], TaskCompletionSource)>();
            foreach (var chunk in due.Chunk(BatchMax))
            {
                var extended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Array.ForEach(chunk, delivery => _extending.Add(delivery, extended.Task));
                chunks.Add((chunk, extended));
            }

            return chunks;
        }
    }

    /// <summary>Visibility first: the lease of a claim must end before it. Whoever stops the heartbeat waits for that alone.</summary>
    private async Task RenewAsync(Delivery[] chunk, TaskCompletionSource extended, CancellationToken limit)
    {
        try
        {
            await OrNextTimeAsync(ExtendAsync(chunk, limit), limit);
        }
        finally
        {
            lock (_gate)
            {
                Array.ForEach(chunk, delivery => _extending.Remove(delivery));
            }

            extended.TrySetResult();
        }

        await Task.WhenAll(chunk.Select(delivery => OrNextTimeAsync(RenewClaimAsync(delivery, limit), limit)));
    }

    private async Task OrNextTimeAsync(Task renewal, CancellationToken limit)
    {
        try
        {
            await renewal;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // No answer within a beat.
        }
        catch (Exception exception)
        {
            // A bug; the next tick comes before anything is lost by it, and without ticks everything would be.
            Log.Unexpected(logger, exception);
        }
    }

    private async Task RenewClaimAsync(Delivery delivery, CancellationToken limit)
    {
        // A claim that was completed or released meanwhile is refused too, and nothing is lost by that.
        if (
            delivery is { IsLost: false, RenewClaim: { } renewClaim }
            && !await renewClaim(limit)
            && delivery.RenewClaim == renewClaim
        )
        {
            Lose(delivery, "claim");
        }
    }

    private async Task ExtendAsync(Delivery[] chunk, CancellationToken limit)
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

        var answers = await ChangeAsync(within, limit);
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

    private async Task<VisibilityAnswer[]> ChangeAsync(List<Delivery> within, CancellationToken limit)
    {
        try
        {
            return await queue.ChangeVisibilityAsync(
                within.ConvertAll(delivery => new VisibilityChange(delivery.Message, options.VisibilityTimeout)),
                limit
            );
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // No answer within a beat.
            return [.. within.Select(_ => VisibilityAnswer.Unavailable)];
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
