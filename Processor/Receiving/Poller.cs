using Processor.Processing;
using Processor.Recording;

namespace Processor.Receiving;

/// <summary>
/// Takes room, asks the queue, hands over what came, and asks again while that is worked on. One of several alike. It asks for no
/// more than can start now, and for nothing while the table is in its back-off: a message received without work to follow has only
/// lost a receive.
/// </summary>
internal sealed partial class Poller(
    IEventQueue queue,
    Slots slots,
    InFlight inFlight,
    TableBackoff table,
    ReceivingOptions options,
    ReceivingMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<Poller> logger
)
{
    /// <param name="process">What happens to the batch. It returns when each of its messages is settled or in other hands.</param>
    /// <param name="release">Gives back a batch that arrived while the process was already ending.</param>
    /// <param name="draining">Take nothing new.</param>
    /// <param name="aborting">The grace period is over.</param>
    public async Task RunAsync(
        Func<IReadOnlyList<Delivery>, Task> process,
        Func<IReadOnlyList<Delivery>, Task> release,
        CancellationToken draining,
        CancellationToken aborting
    )
    {
        var failures = 0;
        var underWay = new Queue<Task>();
        while (await HasRoomAsync(draining) is { } room)
        {
            // The token of the receive is not `draining`: SQS would hand out the messages all the same, and nobody would see them
            // until their visibility ends. A running receive may finish.
            var before = time.GetUtcNow();
            var answer = await ReceiveAsync(room.Taken, aborting);

            switch (answer)
            {
                case ReceiveAnswer.Messages messages:
                    failures = Recovered(failures);
                    var batch = Admit(messages.Received, before);
                    slots.GiveBack(room.Taken - batch.Count);
                    underWay.Enqueue(draining.IsCancellationRequested ? release(batch) : process(batch));
                    break;

                case ReceiveAnswer.Unavailable unavailable:
                    slots.GiveBack(room.Taken);
                    failures++;
                    await BackOffAsync(failures, unavailable.Reason, draining);
                    break;
            }

            await CollectAsync(underWay, room);
        }

        await Task.WhenAll(underWay);
    }

    /// <summary>The room comes before the leave to use it: while the table is closed nobody else needs the slots.</summary>
    private async Task<Room?> HasRoomAsync(CancellationToken draining)
    {
        var taken = 0;
        try
        {
            taken = await slots.TakeAsync(draining);
            var isProbe = await table.WaitForTurnAsync(draining);
            if (!draining.IsCancellationRequested)
            {
                slots.GiveBack(isProbe ? taken - 1 : 0);
                return new Room(isProbe ? 1 : taken, isProbe);
            }

            table.EndTurn(isProbe);
        }
        catch (OperationCanceledException) when (draining.IsCancellationRequested)
        {
            // Nothing new is taken.
        }

        slots.GiveBack(taken);
        return null;
    }

    /// <summary>
    /// Batches that are still worked on do not keep the next receive waiting; how many there may be is what the slots say. Only a
    /// probe of the table is waited for: it is to tell whether there may be a next one.
    /// </summary>
    private async Task CollectAsync(Queue<Task> underWay, Room room)
    {
        if (room.IsProbe)
        {
            await Task.WhenAll(underWay);
            table.EndTurn(wasProbe: true);
        }

        while (underWay.TryPeek(out var oldest) && oldest.IsCompleted)
        {
            await underWay.Dequeue();
        }
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
            // A poller that dies takes its share of the capacity with it, and nobody would see why.
            Log.Unexpected(logger, exception);
            return new ReceiveAnswer.Unavailable(Reasons.Unexpected);
        }
    }

    /// <summary>SQS may give one message twice in one receive: the newest handle is the one that works.</summary>
    private List<Delivery> Admit(IReadOnlyList<ReceivedMessage> received, DateTimeOffset before)
    {
        var started = time.GetTimestamp();
        var batch = new List<Delivery>(received.Count);
        foreach (var message in received)
        {
            var twin = batch.FindIndex(delivery => delivery.Message.MessageId == message.MessageId);
            var delivery = new Delivery(message, before, options.VisibilityTimeout, started);
            if (twin < 0)
            {
                batch.Add(delivery);
            }
            else
            {
                batch[twin] = delivery;
                metrics.DuplicateInReceive();
            }
        }

        inFlight.Add(batch);
        metrics.Received(batch, time.GetUtcNow());
        return batch;
    }

    private int Recovered(int failures)
    {
        if (failures > 0)
        {
            Log.QueueIsBack(logger, failures);
        }

        return 0;
    }

    private async Task BackOffAsync(int failures, string reason, CancellationToken draining)
    {
        var pause = Backoff.After(failures, options.Backoff, options.BackoffMax, random.NextDouble());
        if (failures == 1)
        {
            Log.QueueIsAway(logger, reason, pause);
        }

        try
        {
            await Task.Delay(pause, time, draining);
        }
        catch (OperationCanceledException) when (draining.IsCancellationRequested)
        {
            // The loop sees it.
        }
    }

    private readonly record struct Room(int Taken, bool IsProbe);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 213,
            Level = LogLevel.Error,
            Message = "A receive failed unexpectedly; the poller goes on."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception);

        [LoggerMessage(
            EventId = 210,
            Level = LogLevel.Warning,
            Message = "The queue does not answer ({Reason}); trying again in {Pause}."
        )]
        public static partial void QueueIsAway(ILogger logger, string reason, TimeSpan pause);

        [LoggerMessage(
            EventId = 211,
            Level = LogLevel.Information,
            Message = "The queue answers again after {Failures} failures."
        )]
        public static partial void QueueIsBack(ILogger logger, int failures);
    }
}
