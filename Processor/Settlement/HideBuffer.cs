using Processor.Processing;
using Processor.Receiving;

namespace Processor.Settlement;

/// <summary>Hides messages until they may go on, or shows them at once, ten at a time.</summary>
internal sealed partial class HideBuffer(
    IEventQueue queue,
    InFlight inFlight,
    Heartbeat heartbeat,
    ReceivingOptions receiving,
    SettlementOptions options,
    TimeProvider time,
    Random random,
    ILogger<HideBuffer> logger
)
{
    private readonly BatchLoop<Hiding> _batches = new(receiving.Slots, options.CallsMax, options.Linger, time);

    /// <summary>It waits; another receive brings it back after <paramref name="hidden"/>.</summary>
    public ValueTask HideAsync(Delivery delivery, TimeSpan hidden, CancellationToken cancellationToken) =>
        _batches.AddAsync(new Hiding(delivery, time.GetUtcNow() + hidden, Release: false), cancellationToken);

    /// <summary>It was not started: anybody may take it now.</summary>
    public ValueTask ReleaseAsync(Delivery delivery, CancellationToken cancellationToken) =>
        _batches.AddAsync(new Hiding(delivery, time.GetUtcNow(), Release: true), cancellationToken);

    public void Complete() => _batches.Complete();

    public Task RunAsync(CancellationToken aborting) => _batches.RunAsync(batch => HideAsync(batch, aborting));

    private async Task HideAsync(IReadOnlyList<Hiding> batch, CancellationToken aborting)
    {
        // A renewal that came after this would undo it.
        await heartbeat.StopAsync([.. batch.Select(hiding => hiding.Delivery)]);

        var left = batch;
        for (var attempt = 1; ; attempt++)
        {
            left = await HideOnceAsync(left, aborting);
            if (left.Count == 0 || attempt == options.CallAttemptsMax || aborting.IsCancellationRequested)
            {
                break;
            }

            var pause = Backoff.After(attempt, options.CallBackoff, receiving.BackoffMax, random.NextDouble());
            await Task.Delay(pause, time, CancellationToken.None);
        }

        foreach (var hiding in left)
        {
            // Time does it: its visibility ends, and it comes back sooner or later than asked, but it comes.
            Leave(hiding);
        }

        if (left.Count > 0)
        {
            Log.NotHidden(logger, left.Count);
        }
    }

    private async Task<IReadOnlyList<Hiding>> HideOnceAsync(IReadOnlyList<Hiding> batch, CancellationToken aborting)
    {
        var now = time.GetUtcNow();
        VisibilityAnswer[] answers;
        try
        {
            answers = await queue.ChangeVisibilityAsync(
                [
                    .. batch.Select(hiding => new VisibilityChange(
                        hiding.Delivery.Message,
                        hiding.Until > now ? hiding.Until - now : TimeSpan.Zero
                    )),
                ],
                aborting
            );
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            return batch;
        }

        var left = new List<Hiding>();
        for (var index = 0; index < batch.Count; index++)
        {
            if (answers[index] == VisibilityAnswer.Unavailable)
            {
                left.Add(batch[index]);
            }
            else
            {
                Leave(batch[index]);
            }
        }

        return left;
    }

    private void Leave(Hiding hiding)
    {
        if (hiding.Release)
        {
            inFlight.Release(hiding.Delivery);
        }
        else
        {
            inFlight.Complete(hiding.Delivery);
        }
    }

    private readonly record struct Hiding(Delivery Delivery, DateTimeOffset Until, bool Release);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 261,
            Level = LogLevel.Warning,
            Message = "The visibility of {Count} messages could not be changed; they come back when it ends."
        )]
        public static partial void NotHidden(ILogger logger, int count);
    }
}
