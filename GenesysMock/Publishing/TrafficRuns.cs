using System.Globalization;
using GenesysMock.Conversations;
using GenesysMock.Scenarios;
using GenesysMock.Traffic;
using Microsoft.Extensions.Options;

namespace GenesysMock.Publishing;

/// <summary>The runs there are and were. It starts them, and when the mock stops it waits until they have.</summary>
internal sealed class TrafficRuns(
    TimeProvider time,
    Organization organization,
    ConversationDirectory directory,
    Publisher publisher,
    IOptions<PublishingOptions> publishing,
    IOptions<TrafficOptions> traffic,
    IOptions<ScenarioOptions> scenario,
    IHostApplicationLifetime lifetime,
    ILogger<TrafficRun> logger
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
        var run = new TrafficRun(id, plan, pace, organization, directory, publisher, publishing.Value, time, logger);
        ForgetOldest_NeedsLock();
        _runs.Add(run);
        run.Begin(lifetime.ApplicationStopping);
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
}

internal abstract record RunStart
{
    private RunStart() { }

    internal sealed record Started(TrafficRun Run) : RunStart;

    internal sealed record Refused(string Why) : RunStart;
}
