using Processor.Effects;
using Processor.Receiving;
using Processor.Settlement;

namespace Processor.Processing;

/// <summary>
/// Starts what a process consists of, and ends it in the one order that loses nothing: take nothing new, finish or give back what is
/// there, flush, and only then stop the heartbeat.
/// </summary>
internal sealed partial class EventLoop(
    Func<Poller> createPoller,
    EventPipeline pipeline,
    EffectWorkers effects,
    DeleteBuffer deletes,
    HideBuffer hides,
    Heartbeat heartbeat,
    InFlight inFlight,
    ReceivingOptions receiving,
    ProcessingOptions options,
    ProcessingMetrics metrics,
    TimeProvider time,
    ILogger<EventLoop> logger
)
{
    /// <param name="draining">Shutdown begins: take nothing new.</param>
    public async Task RunAsync(CancellationToken draining)
    {
        using var aborting = new CancellationTokenSource();
        using var flushed = new CancellationTokenSource();

        var grace = AbortAfterGraceAsync(aborting, draining, flushed.Token);
        var beating = heartbeat.RunAsync(flushed.Token);
        var deleting = deletes.RunAsync(aborting.Token);
        var hiding = hides.RunAsync(aborting.Token);
        var working = effects.RunAsync(draining, aborting.Token);
        var polling = new List<Task>();
        for (var index = 0; index < receiving.Pollers; index++)
        {
            polling.Add(
                createPoller()
                    .RunAsync(
                        batch => pipeline.ProcessAsync(batch, aborting.Token),
                        ReleaseAsync,
                        draining,
                        aborting.Token
                    )
            );
        }

        Log.Started(logger, receiving.Pollers, receiving.Slots);

        await Task.WhenAll(polling);
        effects.Complete();
        await working;
        deletes.Complete();
        hides.Complete();
        await Task.WhenAll(deleting, hiding);
        flushed.Cancel();
        await Task.WhenAll(beating, grace);

        metrics.Abandoned(inFlight.Abandoned);
        Log.Drained(logger, inFlight.Received, inFlight.Done, inFlight.Released, inFlight.Abandoned);
    }

    private async Task ReleaseAsync(IReadOnlyList<Delivery> batch)
    {
        foreach (var delivery in batch)
        {
            await hides.ReleaseAsync(delivery, CancellationToken.None);
        }
    }

    private async Task AbortAfterGraceAsync(
        CancellationTokenSource aborting,
        CancellationToken draining,
        CancellationToken flushed
    )
    {
        var begins = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = draining.Register(begins.SetResult);
        await begins.Task;

        try
        {
            await Task.Delay(options.Grace, time, flushed);
            Log.GraceIsOver(logger, options.Grace);
            aborting.Cancel();
        }
        catch (OperationCanceledException) when (flushed.IsCancellationRequested)
        {
            // Everything ended in time.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 201,
            Level = LogLevel.Information,
            Message = "Receiving with {Pollers} pollers and {Slots} slots."
        )]
        public static partial void Started(ILogger logger, int pollers, int slots);

        [LoggerMessage(
            EventId = 202,
            Level = LogLevel.Information,
            Message = "Drained: received {Received} = done {Done} + released {Released}; abandoned {Abandoned}."
        )]
        public static partial void Drained(ILogger logger, long received, long done, long released, long abandoned);

        [LoggerMessage(
            EventId = 203,
            Level = LogLevel.Warning,
            Message = "The grace period of {Grace} is over; what still runs is stopped."
        )]
        public static partial void GraceIsOver(ILogger logger, TimeSpan grace);
    }
}
