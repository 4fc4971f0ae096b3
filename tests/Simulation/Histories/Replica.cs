using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Processor.Effects;
using Processor.Enrichment;
using Processor.Testing;
using Processor.Testing.Watching;
using Processor.Testing.World;
using Simulation.Genesys;
using Simulation.Invariants;
using Simulation.Tables;

namespace Simulation.Histories;

/// <summary>
/// One process: the whole Processor with its effect, Enrichment, the API client with budget and token, put together as in
/// production, on one life and one clock.
/// </summary>
internal sealed class Replica : IDisposable
{
    private readonly CancellationTokenSource _draining = new();
    private readonly SilentMeters _meters = new();
    private readonly OutcomeMeters? _outcomes;
    private readonly EnrichmentWorker _enrichment;
    private readonly ProcessApi _api;
    private readonly Outside _outside;
    private TimeSpan? _stalledAt;

    public Replica(int number, int start, Plan plan, Outside outside, Func<Replica, ILifeWatch> watch)
    {
        _outside = outside;
        (Number, Name) = (number, string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + number)}{start}"));
        var (time, random) = (new ProcessClock(outside.World.Time, plan.Skews[number], Life), outside.World.Random);

        _outcomes = plan.IsCalm ? new OutcomeMeters() : null;
        _api = new ProcessApi(Name, outside, Life, time, _meters);

        Processor = new ProcessorUnderTest(
            Life,
            outside.SeamsOf(Life, time),
            time,
            random,
            new ProcessorSettings
            {
                Receiving = plan.Receiving,
                Recording = plan.Recording,
                Announcing = plan.Announcing,
                Effects = plan.Effects,
                Settlement = plan.Settlement,
                Meters = _outcomes,
                Handlers =
                [
                    new EffectInRuns(
                        new AttributeWriteBack(_api.Client, _api.Budget, plan.Effects.AttributeWriteBack, time)
                    ),
                ],
            }
        );
        _enrichment = EnrichmentOf(plan.Enrichment, time, random);
        Life.Watch = watch(this);
    }

    public int Number { get; }

    /// <summary>Of this process and no other: the place it has and how many were there before.</summary>
    public string Name { get; }

    public Lifeline Life { get; } = new();

    public ProcessorUnderTest Processor { get; }

    /// <summary>How many messages had an outcome for this reason; told in calm histories only.</summary>
    public long OutcomesFor(string reason) => _outcomes?.For(reason) ?? 0;

    /// <summary>A call with an effect left it with too little time for its answer.</summary>
    public bool HasSentLate => _api.Connection.HasSentLate;

    /// <summary>A call with an effect left it when the time of its claim was over.</summary>
    public bool HasSentOverdue => _api.Connection.HasSentOverdue;

    public bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>Since SIGTERM came, without what it stood still meanwhile; null while it runs.</summary>
    public TimeSpan? DrainTook { get; private set; }

    private TimeSpan DrainBegan { get; set; }

    private TimeSpan StoodStill { get; set; }

    /// <summary>Ends when the process has drained; of a killed one, never.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start()
    {
        Processor.Start();
        Running = RunAsync(_enrichment.RunAsync(_draining.Token));
    }

    /// <summary>SIGTERM.</summary>
    public void BeginDrain()
    {
        if (!IsDraining)
        {
            DrainBegan = _outside.World.Elapsed;
            _draining.Cancel();
            Processor.BeginDrain();
        }
    }

    public void Stall()
    {
        _stalledAt = _outside.World.Elapsed;
        Life.Stall();
    }

    public void Wake()
    {
        if (_stalledAt is { } since)
        {
            StoodStill += IsDraining
                ? _outside.World.Elapsed - (since > DrainBegan ? since : DrainBegan)
                : TimeSpan.Zero;
            _stalledAt = null;
        }

        _api.Connection.WokeAt = _outside.World.Time.GetUtcNow();
        Life.Wake();
    }

    public void Dispose()
    {
        Processor.Dispose();
        _draining.Dispose();
        _meters.Dispose();
        _outcomes?.Dispose();
    }

    private async Task RunAsync(Task enriching)
    {
        await Processor.Running;
        await enriching;
        await _api.Budget.DisposeAsync();
        DrainTook = _outside.World.Elapsed - DrainBegan - StoodStill;
    }

    private EnrichmentWorker EnrichmentOf(EnrichmentOptions options, TimeProvider time, Random random)
    {
        var metrics = new EnrichmentMetrics(_meters);
        var queue = new EnrichmentQueue(new EnrichmentLine(_outside.EnrichmentQueue, Life), options, time);
        var enricher = new ConversationEnricher(
            _api.Client,
            _outside.Timelines.SeenBy(Life),
            _outside.Summaries.SeenBy(Life),
            queue,
            options,
            metrics,
            time,
            random,
            NullLogger<ConversationEnricher>.Instance
        );
        return new EnrichmentWorker(
            queue,
            enricher,
            _api.Budget,
            options,
            metrics,
            time,
            random,
            NullLogger<EnrichmentWorker>.Instance
        );
    }
}
