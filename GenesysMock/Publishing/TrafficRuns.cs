using System.Globalization;
using GenesysMock.Conversations;
using GenesysMock.Scenarios;
using GenesysMock.Traffic;
using Microsoft.Extensions.Options;

namespace GenesysMock.Publishing;

/// <summary>The runs there are and were. It starts them, and when the mock stops it waits until they have.</summary>
internal sealed partial class TrafficRuns(
    TimeProvider time,
    Organization organization,
    ConversationDirectory directory,
    Publisher publisher,
    IOptions<PublishingOptions> publishing,
    IOptions<TrafficOptions> traffic,
    IOptions<ScenarioOptions> scenario,
    IHostApplicationLifetime lifetime,
    ILogger<TrafficRuns> logger
) : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<TrafficRun> _runs = [];
    private int _started;

    public IReadOnlyList<TrafficRun> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _runs];
            }
        }
    }

    public TrafficRun? Find(string id) => All.FirstOrDefault(run => run.Id == id);

    /// <summary>A run with an end: so many things, at a pace or as fast as they are accepted.</summary>
    public RunStart Start(int events, int? seed, double? ratePerSecond, TrafficShape shape)
    {
        if (publishing.Value.IngestorUrl is null)
        {
            return new RunStart.Refused("There is no ingestor to publish to: set Mock:IngestorUrl.");
        }

        if (events > traffic.Value.EventsMax)
        {
            return new RunStart.Refused(
                $"A run may have at most {traffic.Value.EventsMax} events (Mock:Traffic:EventsMax)."
            );
        }

        var plan = TrafficPlan.OfThePast(
            seed ?? scenario.Value.Seed,
            events,
            ratePerSecond ?? traffic.Value.PastEventsPerSecond,
            shape,
            time.GetUtcNow()
        );
        Pace pace = ratePerSecond is { } rate ? new Pace.Steady(rate, shape.Burst) : new Pace.AsFastAsAccepted();
        lock (_lock)
        {
            return _runs.Count(run => run is { End: null, Plan.Events: not null }) < traffic.Value.RunsAtOnceMax
                ? new RunStart.Started(Begin_NeedsLock($"run-{NextNumber_NeedsLock()}", plan, pace))
                : new RunStart.Refused(
                    $"{traffic.Value.RunsAtOnceMax} runs are under way (Mock:Traffic:RunsAtOnceMax); wait for one to end."
                );
        }
    }

    /// <summary>Continuous traffic, in place of what was continuous before: that one begins nothing new.</summary>
    public void StartLive(double ratePerSecond, TrafficShape shape)
    {
        lock (_lock)
        {
            foreach (var run in _runs.Where(run => run.Plan.Events is null))
            {
                run.Close();
            }

            var number = NextNumber_NeedsLock();
            var plan = TrafficPlan.Live(scenario.Value.Seed + _started, ratePerSecond, shape, time.GetUtcNow());
            Begin_NeedsLock($"live-{number}", plan, new Pace.Live(shape.Burst));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The host is stopping, which every run has been told; this waits until they have heard it.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(All.Select(run => run.Ended)).WaitAsync(cancellationToken);

    public void Dispose() => _runs.ForEach(run => run.Dispose());

    private string NextNumber_NeedsLock() => (++_started).ToString(CultureInfo.InvariantCulture);

    private TrafficRun Begin_NeedsLock(string id, TrafficPlan plan, Pace pace)
    {
        var run = new TrafficRun(id, plan, pace, organization, directory, publisher, publishing.Value, time);
        ForgetOldest_NeedsLock();
        _runs.Add(run);
        _ = PublishAsync(run); // ends with run.Ended, which StopAsync waits for
        return run;
    }

    private void ForgetOldest_NeedsLock()
    {
        var oldest = _runs.Find(run => run.End is not null);
        if (_runs.Count >= traffic.Value.RunsMax && oldest is not null)
        {
            oldest.Dispose();
            _runs.Remove(oldest);
        }
    }

    private async Task PublishAsync(TrafficRun run)
    {
        // The caller holds the lock and waits for its answer; the telling is for another thread.
        await Task.Yield();
        if (run.Plan.Events is { } events)
        {
            Log.RunStarted(logger, run.Id, run.Plan.Seed, events);
        }
        else
        {
            Log.LiveStarted(logger, run.Id, run.Plan.Seed, run.Plan.EventsPerSecond);
        }

        try
        {
            await run.PublishAsync(lifetime.ApplicationStopping);
            var counts = run.Ledger.Counts;
            Log.RunEnded(logger, run.Id, run.End!.Completed, counts.Emitted, counts.Deliveries, counts.Refused);
        }
        catch (Exception exception)
        {
            Log.RunFailed(logger, exception, run.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 410,
            Level = LogLevel.Information,
            Message = "Traffic {Run} started with seed {Seed}: {Events} events."
        )]
        public static partial void RunStarted(ILogger logger, string run, int seed, int events);

        [LoggerMessage(
            EventId = 411,
            Level = LogLevel.Information,
            Message = "Traffic {Run} ended, completed: {Completed}; {Emitted} emitted, {Deliveries} deliveries accepted, {Refused} refused."
        )]
        public static partial void RunEnded(
            ILogger logger,
            string run,
            bool completed,
            long emitted,
            long deliveries,
            long refused
        );

        [LoggerMessage(
            EventId = 413,
            Level = LogLevel.Information,
            Message = "Continuous traffic {Run} started with seed {Seed}: {EventsPerSecond} events a second."
        )]
        public static partial void LiveStarted(ILogger logger, string run, int seed, double eventsPerSecond);

        [LoggerMessage(EventId = 412, Level = LogLevel.Error, Message = "Traffic {Run} broke off.")]
        public static partial void RunFailed(ILogger logger, Exception exception, string run);
    }
}

internal abstract record RunStart
{
    private RunStart() { }

    internal sealed record Started(TrafficRun Run) : RunStart;

    internal sealed record Refused(string Why) : RunStart;
}
