using ServiceDefaults;

namespace Operations.Redriving;

/// <summary>Works on all redrives that are under way, those that were when the process started included.</summary>
internal sealed partial class RedriveLoop(
    RedriveStore store,
    RedriveRunner runner,
    RedrivingOptions options,
    TimeProvider time,
    ILogger<RedriveLoop> logger
) : BackgroundService
{
    /// <summary>They share the queue and the API's budget; more at once finish no sooner.</summary>
    private const int AtOnceMax = 4;

    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);

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
    }
}
