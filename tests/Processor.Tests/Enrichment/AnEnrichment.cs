using System.Diagnostics.Metrics;
using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Tests.Simulated;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Processor.Enrichment;
using Testing;

namespace Processor.Tests.Enrichment;

/// <summary>One enrichment worker with everything around it simulated.</summary>
internal sealed class AnEnrichment
{
    private readonly EnrichmentWorker _worker;

    public AnEnrichment(int seed = 1, EnrichmentOptions? options = null)
    {
        options ??= new EnrichmentOptions();
        World = new SimulatedWorld(seed);
        Time = World.ClockThatIsAheadBy(TimeSpan.Zero);
        Queue = new SimulatedQueue(World, options.WaitTime, options.VisibilityTimeout);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        Budget = new ApiBudget(
            "client",
            "a",
            new InMemoryBudgetStore(),
            () =>
                new BudgetRules
                {
                    Limit = 300,
                    Reserve = 3,
                    Replicas = 1,
                },
            new GenesysApiMetrics(meters),
            Time,
            World.Random,
            NullLogger<ApiBudget>.Instance
        );
        Genesys = new SimulatedGenesys(World, Budget, Time);

        var metrics = new EnrichmentMetrics(meters);
        var queue = new EnrichmentQueue(Queue, options, Time);
        var enricher = new ConversationEnricher(
            Genesys,
            Timelines,
            Summaries,
            queue,
            options,
            metrics,
            Time,
            World.Random,
            NullLogger<ConversationEnricher>.Instance
        );
        _worker = new EnrichmentWorker(
            queue,
            enricher,
            Budget,
            options,
            metrics,
            Time,
            World.Random,
            NullLogger<EnrichmentWorker>.Instance
        );
    }

    public SimulatedWorld World { get; }

    public TimeProvider Time { get; }

    public SimulatedQueue Queue { get; }

    public ApiBudget Budget { get; }

    public SimulatedGenesys Genesys { get; }

    public InMemoryTimelines Timelines { get; } = new() { Otherwise = TimelineSamples.Lifecycle };

    public InMemorySummaries Summaries { get; } = new();

    /// <summary>Runs the worker for <paramref name="duration"/>, then lets it drain; <paramref name="meanwhile"/> runs beside it.</summary>
    public void RunFor(TimeSpan duration, Func<Task>? meanwhile = null) =>
        World.Run(async () =>
        {
            using var draining = new CancellationTokenSource();
            var working = _worker.RunAsync(draining.Token);
            var beside = meanwhile?.Invoke() ?? Task.CompletedTask;
            await SleepAsync(duration);
            draining.Cancel();
            await working;
            await beside;
        });

    public Task SleepAsync(TimeSpan duration) => Task.Delay(duration, Time, CancellationToken.None);
}
