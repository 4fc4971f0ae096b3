using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Tests.Simulated;
using GenesysApi.Tokens;
using Processor.Testing.Outside;
using Processor.Testing.World;
using Simulation.Coverage;
using Simulation.Genesys;
using Simulation.Invariants;
using Simulation.Tables;
using Testing;

namespace Simulation.Histories;

/// <summary>All that the processes share: queues, tables, the platform. Nothing of it is ours to change while they run.</summary>
internal sealed class Outside : IDisposable
{
    private readonly Trace _trace;

    public Outside(SimulatedWorld world, Plan plan, FaultCoverage coverage, Trace trace)
    {
        (World, _trace) = (world, trace);
        Aws = new FakeAws(world, plan.Receiving)
        {
            Queue = new FakeEventQueue(world.Time, world.Random)
            {
                WaitTime = plan.Receiving.WaitTime,
                VisibilityTimeout = plan.Receiving.VisibilityTimeout,
                ReceiveCountMax = plan.ReceiveCountMax,
                Retention = plan.Settlement.SourceRetention,
            },
        };
        EnrichmentQueue = new FakeEventQueue(world.Time, world.Random)
        {
            WaitTime = plan.Enrichment.WaitTime,
            VisibilityTimeout = plan.Enrichment.VisibilityTimeout,
        };
        Claims = new SimulatedClaims(world.Time, new Faults(world.Time, world.Random));
        AnnouncingFaults = new Faults(world.Time, world.Random);
        SummaryFaults = new Faults(world.Time, world.Random);
        BudgetFaults = new Faults(world.Time, world.Random);
        Summaries = new SimulatedSummaries(SummaryFaults);
        Timelines = new SimulatedTimelines(Aws.Table, SummaryFaults);
        Platform = new SimulatedPlatform(world, plan.Rates, coverage) { Trace = what => trace.Add("genesys", what) };
        Configure(plan.RequestsPerMinute);
        Genesys = new GenesysOptions
        {
            ApiBaseAddress = new Uri("https://api.test"),
            LoginBaseAddress = new Uri("https://login.test"),
            ClientId = "client",
            ClientSecret = new Secret("s3cret"),
            Replicas = Plan.Replicas + (plan.OperatorBursts > 0 ? 1 : 0),
        };
        Meet(plan.Rates);
    }

    public SimulatedWorld World { get; }

    public FakeAws Aws { get; }

    public SimulatedClaims Claims { get; }

    public FakeEventQueue EnrichmentQueue { get; }

    public Faults AnnouncingFaults { get; }

    public Faults SummaryFaults { get; }

    public Faults BudgetFaults { get; }

    public SimulatedSummaries Summaries { get; }

    public SimulatedTimelines Timelines { get; }

    public InMemoryBudgetStore BudgetStore { get; } = new();

    public SimulatedPlatform Platform { get; }

    public GenesysOptions Genesys { get; }

    /// <summary>The limit as it is configured now, in all processes.</summary>
    public int RequestsPerMinute { get; private set; }

    /// <summary>Hears of the platform's limit whenever an answer told a process.</summary>
    public Action<int> Told { get; set; } = _ => { };

    /// <summary>What each process announced.</summary>
    public List<QueuedRequests> Announcers { get; } = [];

    /// <summary>When each call of the API left its process, in order.</summary>
    public List<TimeSpan> Departures { get; } = [];

    public PaidCalls Paid { get; } = new();

    /// <summary>From when on which limit was configured.</summary>
    public List<(TimeSpan From, int Limit)> Configured { get; } = [];

    /// <summary>Nothing goes wrong any more.</summary>
    public bool IsWell { get; private set; }

    public bool IsEmpty => Aws.Queue.IsEmpty && EnrichmentQueue.IsEmpty;

    public BudgetRules Rules() =>
        new()
        {
            Limit = RequestsPerMinute,
            Reserve = Genesys.ReservePerMinute,
            Replicas = Genesys.Replicas,
        };

    public void Departed(string process, TimeSpan at)
    {
        Departures.Add(at);
        Paid.Sent(process, at);
    }

    public void Configure(int requestsPerMinute)
    {
        RequestsPerMinute = requestsPerMinute;
        Configured.Add((World.Elapsed, requestsPerMinute));
    }

    /// <summary>Looks on while a process uses the budget's table.</summary>
    public IBudgetWatch WatchBudgetOf(string process) => new BudgetWatch(process, this, _trace);

    /// <summary>What one process sees of it.</summary>
    public Seams SeamsOf(Lifeline life, TimeProvider clock)
    {
        var requests = new QueuedRequests(EnrichmentQueue, AnnouncingFaults);
        Announcers.Add(requests);
        return Aws.ConnectedBy(life, clock) with
        {
            Claims = new ClaimsConnection(Claims.SeenBy(clock), life),
            Enrichment = new EnrichmentConnection(requests, life),
        };
    }

    /// <summary>From now on all goes well.</summary>
    public void Heal()
    {
        foreach (var faults in AllFaults())
        {
            faults.Heal();
        }

        foreach (var queue in new[] { Aws.Queue, EnrichmentQueue })
        {
            (queue.TwinRate, queue.RedeliveryRate, queue.EmptyReceiveRate) = (0, 0, 0);
        }

        (Platform.Rates, Platform.IsAway) = (null, false);
        IsWell = true;
    }

    /// <summary>What the fakes met, by stage.</summary>
    public void CountInto(FaultCoverage coverage)
    {
        Count(Aws.Queue.Faults, Stages.Of);
        Count(Aws.Table.Faults, Stages.Of);
        Count(Claims.Faults, _ => Stage.Claim);
        Count(Aws.Attempts.Faults, Stages.Of);
        Count(Aws.DeadLetters.Faults, _ => Stage.Bury);
        Count(AnnouncingFaults, _ => Stage.Announce);
        Count(EnrichmentQueue.Faults, _ => Stage.Enrich);
        Count(SummaryFaults, _ => Stage.Enrich);
        Count(BudgetFaults, _ => Stage.Budget);
        foreach (var writes in Platform.Writes.Values.Where(writes => writes.Count > 1))
        {
            coverage.Met(
                EndInvariants.IsOnKeptLook(writes) ? "effect repeated on a kept look" : "effect repeated by a sleeper",
                Stage.Api
            );
        }

        void Count(Faults faults, Func<string, Stage> stageOf)
        {
            foreach (var ((operation, fault), times) in faults.Met)
            {
                coverage.Met($"call {fault}", stageOf(operation), times);
            }
        }
    }

    public void Dispose() => Claims.Dispose();

    private void Meet(Rates rates)
    {
        Set(Aws.Queue.Faults, rates.Queue);
        Set(Aws.Table.Faults, rates.Table);
        Set(AnnouncingFaults, rates.Enrichment);
        Set(EnrichmentQueue.Faults, rates.Enrichment);
        Set(Claims.Faults, rates.Claims);
        Set(Aws.Attempts.Faults, rates.Attempts);
        Set(Aws.DeadLetters.Faults, rates.DeadLetters);
        Set(SummaryFaults, rates.Summaries);
        Set(BudgetFaults, rates.Budget);
        foreach (var faults in AllFaults())
        {
            faults.LatencyMax = rates.LatencyMax;
        }

        foreach (var queue in new[] { Aws.Queue, EnrichmentQueue })
        {
            queue.Shuffles = true;
            queue.TwinRate = rates.Twin;
            queue.RedeliveryRate = rates.Redelivery;
            queue.EmptyReceiveRate = rates.EmptyReceive;
        }

        static void Set(Faults faults, CallRates rates) =>
            (faults.AwayRate, faults.AnswerLostRate, faults.PartialRate, faults.LateRate, faults.LateMax) = (
                rates.Away,
                rates.AnswerLost,
                rates.Partial,
                rates.Late,
                TimeSpan.FromSeconds(3)
            );
    }

    private IEnumerable<Faults> AllFaults() =>
        Aws.AllFaults.Concat([Claims.Faults, AnnouncingFaults, EnrichmentQueue.Faults, SummaryFaults, BudgetFaults]);
}
