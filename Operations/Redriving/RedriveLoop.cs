using Operations.DeadLetters;
using ServiceDefaults;

namespace Operations.Redriving;

/// <summary>
/// Works on all redrives that are under way, those that were when the process started included; and gives back what a person or a
/// redrive took and never came to an end with, and watches what was sent by redrives that run no more.
/// </summary>
internal sealed partial class RedriveLoop(
    RedriveStore store,
    RedriveRunner runner,
    LetterTaking letters,
    RedriveAftermath aftermath,
    RedrivingOptions options,
    TimeProvider time,
    ILogger<RedriveLoop> logger
) : BackgroundService
{
    /// <summary>They share the queue and the API's budget; more at once finish no sooner.</summary>
    private const int AtOnceMax = 4;

    private static readonly TimeSpan LookAfterEvery = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private long? _lookedAfterAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await StartThoseUnderWayAsync(stoppingToken);
                await Task.Delay(options.LookEvery, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; whoever is next finds where each redrive stands.
        }

        await Task.WhenAll(_running.Values);
    }

    private async Task StartThoseUnderWayAsync(CancellationToken stopping)
    {
        foreach (var (id, _) in _running.Where(running => running.Value.IsCompleted).ToList())
        {
            _running.Remove(id);
        }

        try
        {
            await LookAfterLettersAsync(stopping);
            foreach (var id in await store.UnderWayAsync(stopping))
            {
                if (_running.Count < AtOnceMax && !_running.ContainsKey(id))
                {
                    _running[id] = RunAsync(id, stopping);
                }
            }
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, stopping) != AwsFault.None)
        {
            Log.NotRead(logger, AwsFaults.ReasonOf(exception));
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // A bug; it must not end the redrives that run, nor the process.
            Log.NotStarted(logger, exception);
        }
    }

    private async Task LookAfterLettersAsync(CancellationToken stopping)
    {
        if (_lookedAfterAt is { } at && time.GetElapsedTime(at) < LookAfterEvery)
        {
            return;
        }

        _lookedAfterAt = time.GetTimestamp();
        await letters.GiveBackLeftAsync(stopping);
        await aftermath.GiveBackAsync(stopping);
        await aftermath.WatchAsync(stopping);
    }

    private async Task RunAsync(string id, CancellationToken stopping)
    {
        try
        {
            await runner.RunAsync(id, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // As above.
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, stopping) != AwsFault.None)
        {
            Log.Interrupted(logger, id, AwsFaults.ReasonOf(exception));
        }
        catch (Exception exception)
        {
            // A bug; the redrive is tried again, and the others go on.
            Log.Unexpected(logger, exception, id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 532,
            Level = LogLevel.Warning,
            Message = "The redrives under way cannot be read ({Reason}); they wait."
        )]
        public static partial void NotRead(ILogger logger, string reason);

        [LoggerMessage(
            EventId = 533,
            Level = LogLevel.Warning,
            Message = "Redrive {Redrive} is interrupted ({Reason}); it goes on."
        )]
        public static partial void Interrupted(ILogger logger, string redrive, string reason);

        [LoggerMessage(
            EventId = 534,
            Level = LogLevel.Error,
            Message = "Redrive {Redrive} failed unexpectedly; it is tried again."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception, string redrive);

        [LoggerMessage(
            EventId = 535,
            Level = LogLevel.Error,
            Message = "The redrives under way could not be looked after, unexpectedly; the next look comes."
        )]
        public static partial void NotStarted(ILogger logger, Exception exception);
    }
}
