using System.Globalization;
using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Processor.Effects;
using Processor.Enrichment;
using Processor.Testing;
using Processor.Testing.Watching;
using Processor.Testing.World;
using Simulation.Genesys;
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
    private readonly EnrichmentWorker _enrichment;
    private readonly Connection _connection;
    private readonly TokenSource _tokens;
    private readonly Outside _outside;

    public Replica(int number, int start, Plan plan, Outside outside, Func<Replica, ILifeWatch> watch)
    {
        _outside = outside;
        (Number, Name) = (number, string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + number)}{start}"));
        var (time, random) = (new ProcessClock(outside.World.Time, plan.Skews[number], Life), outside.World.Random);

        var options = Options.Create(outside.Genesys);
        var metrics = new GenesysApiMetrics(_meters);
        _connection = new Connection(Name, outside.World, outside.Platform, Life, outside.Departed);
        var http = new SimulatedHttp(_connection, options, metrics, time, random);
        var endpoint = new TokenEndpoint(http, options, time);
        _tokens = new TokenSource(endpoint, metrics, time, random, NullLogger<TokenSource>.Instance);
        Budget = new ApiBudget(
            "client",
            Name,
            new SimulatedBudget(outside.BudgetStore, outside.BudgetFaults, Life, outside.BudgetWritten),
            outside.Rules,
            metrics,
            time,
            random,
            NullLogger<ApiBudget>.Instance
        );
        http.Use(Budget, _tokens);
        var genesys = new GenesysClient(http, options, time, NullLogger<GenesysClient>.Instance);

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
                Handlers = [new AttributeWriteBack(genesys, Budget, plan.Effects.AttributeWriteBack, time)],
            }
        );
        _enrichment = EnrichmentOf(plan.Enrichment, genesys, time, random);
        Life.Watch = watch(this);
    }

    public int Number { get; }

    /// <summary>Of this process and no other: the place it has and how many were there before.</summary>
    public string Name { get; }

    public Lifeline Life { get; } = new();

    public ProcessorUnderTest Processor { get; }

    public ApiBudget Budget { get; }

    public bool IsDraining => _draining.IsCancellationRequested;

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
            _draining.Cancel();
            Processor.BeginDrain();
        }
    }

    public void Wake()
    {
        _connection.WokeAt = _outside.World.Elapsed;
        Life.Wake();
    }

    public void Dispose()
    {
        Processor.Dispose();
        _draining.Dispose();
        _meters.Dispose();
    }

    private async Task RunAsync(Task enriching)
    {
        await Processor.Running;
        await enriching;
        await Budget.DisposeAsync();
    }

    private EnrichmentWorker EnrichmentOf(
        EnrichmentOptions options,
        GenesysClient genesys,
        TimeProvider time,
        Random random
    )
    {
        var metrics = new EnrichmentMetrics(_meters);
        var queue = new EnrichmentQueue(new EnrichmentLine(_outside.EnrichmentQueue, Life), options, time);
        var enricher = new ConversationEnricher(
            genesys,
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
            Budget,
            options,
            metrics,
            time,
            random,
            NullLogger<EnrichmentWorker>.Instance
        );
    }
}
