using System.Threading.Channels;
using Events;
using Processor.Processing;
using Processor.Receiving;
using Processor.Settlement;

namespace Processor.Effects;

/// <summary>
/// Runs effects beside the pollers, so that a slow outside world never holds a batch. What waits here has its slot and its heartbeat,
/// and is given back unstarted when the process ends.
/// </summary>
internal sealed partial class EffectWorkers(
    IEnumerable<IEffectHandler> handlers,
    GuardedEffect guarded,
    ISettlement settlement,
    HideBuffer hides,
    EffectsOptions options,
    ReceivingOptions receiving,
    ProcessingMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<EffectWorkers> logger
)
{
    private readonly int _heldMax = Math.Max(1, (int)(receiving.Slots * options.SlotShare));

    private readonly IEffectHandler[] _handlers = [.. handlers];

    private readonly Channel<Delivery> _waiting = Channel.CreateBounded<Delivery>(
        new BoundedChannelOptions(receiving.Slots) { FullMode = BoundedChannelFullMode.Wait }
    );

    private int _held;

    public bool HasWorkFor(GenesysEvent genesysEvent)
    {
        foreach (var handler in _handlers)
        {
            if (handler.Handles(genesysEvent))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Handing over never waits, and no shutdown may prevent it.</summary>
    /// <returns>When to come back if the effects hold their share of the slots already; nothing if it is taken.</returns>
    public Outcome.Deferred? Add(Delivery delivery)
    {
        if (Interlocked.Increment(ref _held) > _heldMax)
        {
            Interlocked.Decrement(ref _held);
            var pause = Backoff.After(
                delivery.Message.ReceiveCount,
                options.Crowded,
                options.CrowdedMax,
                random.NextDouble()
            );
            return new Outcome.Deferred(time.GetUtcNow() + pause, Reasons.EffectsCrowded);
        }

        return _waiting.Writer.TryWrite(delivery)
            ? null
            : throw new InvalidOperationException("More messages wait for their effects than there are slots.");
    }

    /// <summary>No more will come.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    public Task RunAsync(CancellationToken draining, CancellationToken aborting) =>
        _handlers.Length == 0
            ? Task.CompletedTask
            : Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => WorkAsync(draining, aborting)));

    private async Task WorkAsync(CancellationToken draining, CancellationToken aborting)
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (_waiting.Reader.TryRead(out var delivery))
            {
                await WorkAsync(delivery, draining, aborting);
                Interlocked.Decrement(ref _held);
            }
        }
    }

    private async Task WorkAsync(Delivery delivery, CancellationToken draining, CancellationToken aborting)
    {
        // The event is recorded; only its effect has not begun. Another replica runs it.
        if (delivery.IsLost)
        {
            await hides.HideAsync(delivery, TimeSpan.Zero, CancellationToken.None);
        }
        else if (draining.IsCancellationRequested)
        {
            await hides.ReleaseAsync(delivery, CancellationToken.None);
        }
        else
        {
            var started = time.GetTimestamp();
            var outcome = await RunAsync(delivery, aborting);
            metrics.Stage("effect", time.GetElapsedTime(started));
            await settlement.SettleAsync(delivery, outcome, CancellationToken.None);
        }
    }

    private async Task<Outcome> RunAsync(Delivery delivery, CancellationToken aborting)
    {
        try
        {
            foreach (var handler in _handlers)
            {
                if (!handler.Handles(delivery.Event!))
                {
                    continue;
                }

                var outcome = await guarded.RunAsync(handler, delivery, aborting);
                if (outcome is not Outcome.Recorded)
                {
                    // Cut off by the end of the grace period or by the loss of message or claim: interrupted is not failed.
                    return outcome is not Outcome.Failed ? outcome
                        : delivery.IsLost ? new Outcome.Deferred(time.GetUtcNow() + options.Lease, Reasons.ClaimLost)
                        : aborting.IsCancellationRequested
                            ? new Outcome.Deferred(time.GetUtcNow(), Reasons.ShuttingDown)
                        : outcome;
                }
            }

            return Outcome.Recorded.Instance;
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            return new Outcome.Deferred(time.GetUtcNow(), Reasons.ShuttingDown);
        }
        catch (Exception exception)
        {
            Log.Unexpected(logger, exception, delivery.Message.MessageId);
            return new Outcome.Failed(Reasons.Unexpected);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 241,
            Level = LogLevel.Error,
            Message = "The effects of message {MessageId} failed unexpectedly; they are tried again."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception, string messageId);
    }
}
