using Events;
using Processor.Announcing;
using Processor.Effects;
using Processor.Recording;
using Processor.Settlement;

namespace Processor.Processing;

/// <summary>The way of a batch of events, in order. Read this file first.</summary>
internal sealed partial class EventPipeline(
    EventRecorder recorder,
    ConversationAnnouncer announcer,
    EffectWorkers effects,
    DeleteBuffer deletes,
    ISettlement settlement,
    ProcessingMetrics metrics,
    TimeProvider time,
    ILogger<EventPipeline> logger
)
{
    /// <summary>Returns when each message is settled, or in the hands of an effect worker that settles it.</summary>
    /// <param name="batch">What one receive brought.</param>
    /// <param name="aborting">The grace period is over: what is not settled stays in the queue.</param>
    public async Task ProcessAsync(IReadOnlyList<Delivery> batch, CancellationToken aborting)
    {
        await StageAsync("record", batch, RecordAsync, aborting);

        // Few have something to announce, and that travels in company: the others do not wait for it.
        var (announcing, others) = Split(batch);
        await SettleAsync(others, aborting);

        await StageAsync("announce", announcing, announcer.AnnounceAsync, aborting);
        await SettleAsync(announcing, aborting);
    }

    private Task RecordAsync(IReadOnlyList<Delivery> batch, CancellationToken aborting)
    {
        foreach (var delivery in batch)
        {
            delivery.Activity = ProcessingTracing.Start(delivery.Message);
            Decode(delivery);
        }

        return recorder.RecordAsync(Unsettled(batch), aborting);
    }

    private (List<Delivery> Announcing, List<Delivery> Others) Split(IReadOnlyList<Delivery> batch)
    {
        var announcing = new List<Delivery>();
        var others = new List<Delivery>(batch.Count);
        foreach (var delivery in batch)
        {
            var announces = delivery is { Outcome: null, Event: { } genesysEvent } && announcer.Announces(genesysEvent);
            (announces ? announcing : others).Add(delivery);
        }

        return (announcing, others);
    }

    private async Task StageAsync(
        string stage,
        IReadOnlyList<Delivery> batch,
        Func<IReadOnlyList<Delivery>, CancellationToken, Task> work,
        CancellationToken aborting
    )
    {
        if (batch.Count == 0)
        {
            return;
        }

        var started = time.GetTimestamp();
        try
        {
            await work(batch, aborting);
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            // The grace period ended between two steps; what has no outcome yet goes back.
            GiveBackUnsettled(batch, Reasons.ShuttingDown);
        }
        catch (Exception exception)
        {
            // A bug, or a failure that no seam gave a word. The batch comes back, is counted, and in the end is a dead letter with
            // this reason: it is never lost, and it cannot stop the others.
            Log.Unexpected(logger, exception, batch.Count);
            foreach (var delivery in Unsettled(batch))
            {
                delivery.Outcome = new Outcome.Failed(Reasons.Unexpected);
            }
        }

        metrics.Stage(stage, time.GetElapsedTime(started));
    }

    private async Task SettleAsync(IReadOnlyList<Delivery> batch, CancellationToken aborting)
    {
        foreach (var delivery in batch)
        {
            var isHandedOver = delivery.Outcome is null && HasEffects(delivery) && IsTaken(delivery);
            if (!isHandedOver)
            {
                await settlement.SettleAsync(delivery, delivery.Outcome ?? Outcome.Recorded.Instance, aborting);
            }
        }
    }

    private bool HasEffects(Delivery delivery)
    {
        try
        {
            return effects.HasWorkFor(delivery.Event!);
        }
        catch (Exception exception)
        {
            // A handler's bug is the event's failure, not the poller's end.
            Log.Unexpected(logger, exception, 1);
            delivery.Outcome = new Outcome.Failed(Reasons.Unexpected);
            return false;
        }
    }

    private bool IsTaken(Delivery delivery)
    {
        delivery.Outcome = effects.Add(delivery);
        return delivery.Outcome is null;
    }

    private void Decode(Delivery delivery)
    {
        if (deletes.IsDone(delivery.Message.MessageId))
        {
            delivery.Outcome = Outcome.Recorded.Instance;
            return;
        }

        if (delivery.Message.NotBefore is { } notBefore && notBefore > time.GetUtcNow())
        {
            delivery.Outcome = new Outcome.Deferred(notBefore, Reasons.NotYetDue);
            return;
        }

        switch (EventDecoder.Decode(delivery.Message.Utf8Body))
        {
            case Decoded.Event decoded:
                delivery.Event = decoded.Value;
                break;

            case Decoded.Poison poison:
                delivery.Outcome = new Outcome.Poison($"{poison.Reason.Code}: {poison.Detail}");
                break;
        }
    }

    private static List<Delivery> Unsettled(IReadOnlyList<Delivery> batch)
    {
        var unsettled = new List<Delivery>(batch.Count);
        foreach (var delivery in batch)
        {
            if (delivery.Outcome is null)
            {
                unsettled.Add(delivery);
            }
        }

        return unsettled;
    }

    private void GiveBackUnsettled(IReadOnlyList<Delivery> batch, string reason)
    {
        foreach (var delivery in Unsettled(batch))
        {
            delivery.Outcome = new Outcome.Deferred(time.GetUtcNow(), reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 200,
            Level = LogLevel.Error,
            Message = "A batch of {Count} messages failed unexpectedly; they are tried again."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception, int count);
    }
}
