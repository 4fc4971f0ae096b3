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
    private readonly Lock _gate = new();
    private List<Delivery>? _held;

    /// <summary>It waits; another receive brings it back after <paramref name="hidden"/>.</summary>
    public ValueTask HideAsync(Delivery delivery, TimeSpan hidden, CancellationToken cancellationToken) =>
        _batches.AddAsync(new Hiding(delivery, time.GetUtcNow() + hidden, Release: false), cancellationToken);

    /// <summary>It was not started: anybody may take it as soon as none of our own polls can.</summary>
    public ValueTask ReleaseAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_held is not null)
            {
                _held.Add(delivery);
                return ValueTask.CompletedTask;
            }
        }

        return _batches.AddAsync(new Hiding(delivery, time.GetUtcNow(), Release: true), cancellationToken);
    }

    /// <summary>
    /// This process polls. What it gives back when it ends would be brought by its own polls that still run, one after the other: a
    /// receive lost for each poller. So it stays in our hands, under the heartbeat, until the last poll has ended.
    /// </summary>
    public void HoldReleases()
    {
        lock (_gate)
        {
            _held ??= [];
        }
    }

    /// <summary>The last poll has ended.</summary>
    public async Task LetGoAsync(CancellationToken cancellationToken)
    {
        List<Delivery> held;
        lock (_gate)
        {
            (held, _held) = (_held ?? [], null);
        }

        foreach (var delivery in held)
        {
            await ReleaseAsync(delivery, cancellationToken);
        }
    }

    public void Complete() => _batches.Complete();

    public Task RunAsync(CancellationToken aborting) => _batches.RunAsync(batch => HideAsync(batch, aborting));

    private async Task HideAsync(IReadOnlyList<Hiding> batch, CancellationToken aborting)
    {
        // A renewal that came after this would undo it.
        await heartbeat.StopAsync([.. batch.Select(hiding => hiding.Delivery)]);

        var left = batch;
        for (var attempt = 1; ; attempt++)
        {
            left = await HideOnceAsync(left);
            if (left.Count == 0 || attempt == options.CallAttemptsMax || aborting.IsCancellationRequested)
            {
                break;
            }

            var pause = Backoff.After(attempt, options.CallBackoff, receiving.BackoffMax, random.NextDouble());
            await Task.Delay(pause, time, CancellationToken.None);
        }

        if (left.Count > 0)
        {
            // Time does it: their visibility ends, and they come back sooner or later than asked, but they come.
            Leave(left);
            Log.NotHidden(logger, left.Count);
        }
    }

    /// <summary>Under no token: at the end of the grace period, giving back is what is left to do.</summary>
    private async Task<IReadOnlyList<Hiding>> HideOnceAsync(IReadOnlyList<Hiding> batch)
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
                CancellationToken.None
            );
        }
        catch (Exception exception)
        {
            // A bug; it must not end the loop that all of them go through, nor keep the slots of these.
            Log.Unexpected(logger, exception, batch.Count);
            return batch;
        }

        Leave([.. batch.Where((_, index) => answers[index] != VisibilityAnswer.Unavailable)]);
        return [.. batch.Where((_, index) => answers[index] == VisibilityAnswer.Unavailable)];
    }

    private void Leave(IReadOnlyList<Hiding> hidden)
    {
        inFlight.Release([.. hidden.Where(hiding => hiding.Release).Select(hiding => hiding.Delivery)]);
        inFlight.Complete([.. hidden.Where(hiding => !hiding.Release).Select(hiding => hiding.Delivery)]);
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

        [LoggerMessage(
            EventId = 264,
            Level = LogLevel.Error,
            Message = "A change of {Count} visibilities failed unexpectedly; it is tried again."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception, int count);
    }
}
