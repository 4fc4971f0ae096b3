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
    /// <summary>Waits for a part to end, however it ends: the parts behind it still have what it left them.</summary>
    private const ConfigureAwaitOptions However =
        ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing;

    /// <param name="stopping">Shutdown begins: take nothing new.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var draining = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var aborting = new CancellationTokenSource();
        using var flushed = new CancellationTokenSource();

        hides.HoldReleases();
        var grace = AbortAfterGraceAsync(aborting, draining.Token, flushed.Token);
        var beating = OrDrainAsync(heartbeat.RunAsync(flushed.Token), draining);
        var deleting = OrDrainAsync(deletes.RunAsync(aborting.Token), draining);
        var hiding = OrDrainAsync(hides.RunAsync(aborting.Token), draining);
        var working = OrDrainAsync(effects.RunAsync(draining.Token, aborting.Token), draining);
        var polling = Task.WhenAll(
            Enumerable.Range(0, receiving.Pollers).Select(_ => OrDrainAsync(PollAsync(draining, aborting), draining))
        );

        Log.Started(logger, receiving.Pollers, receiving.Slots);

        await polling.ConfigureAwait(However);
        await hides.LetGoAsync(CancellationToken.None);
        effects.Complete();
        await working.ConfigureAwait(However);
        deletes.Complete();
        hides.Complete();
        await Task.WhenAll(deleting, hiding).ConfigureAwait(However);
        flushed.Cancel();
        await Task.WhenAll(beating, grace).ConfigureAwait(However);

        metrics.Abandoned(inFlight.Abandoned);
        Log.Drained(logger, inFlight.Received, inFlight.Done, inFlight.Released, inFlight.Abandoned);

        // A bug in one of them ends the process, now that the others have done what they could.
        await Task.WhenAll(polling, working, deleting, hiding, beating, grace);
    }

    private Task PollAsync(CancellationTokenSource draining, CancellationTokenSource aborting) =>
        createPoller()
            .RunAsync(
                batch => pipeline.ProcessAsync(batch, aborting.Token),
                ReleaseAsync,
                draining.Token,
                aborting.Token
            );

    /// <summary>A part that fails must not leave a process behind that looks alive: the others drain, and the host hears of it.</summary>
    private static async Task OrDrainAsync(Task part, CancellationTokenSource draining)
    {
        try
        {
            await part;
        }
        catch
        {
            draining.Cancel();
            throw;
        }
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
