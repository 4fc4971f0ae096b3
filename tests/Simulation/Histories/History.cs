using Processor.Testing.World;
using Simulation.Coverage;
using Simulation.Genesys;
using Simulation.Invariants;
using Simulation.Traffic;
using Testing;

namespace Simulation.Histories;

/// <summary>One run: three processes work off the traffic of a plan while its faults and incidents happen, until nothing is left.</summary>
internal sealed class History : IDisposable
{
    /// <summary>Simulated time in which a run must end. The longest wait that anybody asks for is two hours.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromHours(30);

    /// <summary>Beyond it nobody waits for a process that should end; how long each took is judged by itself.</summary>
    private static readonly TimeSpan DrainsWithin = TimeSpan.FromMinutes(10);

    /// <summary>What the platform allows when it allows less.</summary>
    private const int ServerAllows = 12;

    /// <summary>What a limit is changed to, and from there to twice of it.</summary>
    private const int SmallLimit = 20;

    private static readonly TimeSpan ServerAllowsLessFor = TimeSpan.FromMinutes(3);

    /// <summary>Twice what the longest runs take: beyond it something turns in a circle.</summary>
    private const long StepsMax = 400_000;

    private readonly SimulatedWorld _world;
    private readonly Replica?[] _replicas = new Replica?[Plan.Replicas];
    private readonly List<Replica> _all = [];
    private readonly Queue<Incident> _incidents;
    private readonly FaultCoverage _coverage;
    private readonly Operator _operator;
    private Incident? _oversleeping;
    private int _known = SimulatedPlatform.AllowedByDefault;
    private int _calls;
    private bool _isOver;

    public History(Plan plan, FaultCoverage coverage, int stepsTraced = 0)
    {
        (Plan, _coverage) = (plan, coverage);
        _world = new SimulatedWorld(plan.Seed);
        (_incidents, _oversleeping) = (new Queue<Incident>(plan.Incidents), plan.Oversleeping);
        Trace = new Trace(_world, stepsTraced);
        Outside = new Outside(_world, plan, coverage, Trace);
        // A late answer may tell of a limit that is over: whoever asked since was told of the one that holds.
        Outside.Told = allowed => KnowOf(Math.Min(_known, Math.Max(allowed, Outside.Platform.Allowed)));
        Limits = [(TimeSpan.Zero, plan.RequestsPerMinute)];
        Emitted = Emission.Of(plan, Outside.Aws.Queue, coverage);
        _operator = new Operator(plan, Outside);
    }

    public Plan Plan { get; }

    public Trace Trace { get; }

    public Outside Outside { get; }

    public IReadOnlyList<EmittedEvent> Emitted { get; }

    /// <summary>From when on which limit held: the one that is configured, or a smaller one of the platform.</summary>
    public List<(TimeSpan From, int Limit)> Limits { get; }

    /// <summary>How long a person had to wait for one call, at the most.</summary>
    public TimeSpan OperatorWaited => _operator.LongestWait;

    /// <summary>Every Processor there was.</summary>
    public IReadOnlyList<Replica> AllReplicas => _all;

    /// <summary>Dead letters that a redrive took away: each had its reason, and none of them is an end.</summary>
    public List<Processor.Testing.Outside.DeadLetter> Redriven { get; } = [];

    /// <summary>The first bound that a process went beyond; null when none did.</summary>
    public ViolationException? BoundBroken { get; private set; }

    public long Steps => _world.Steps;

    /// <exception cref="ViolationException">An invariant does not hold.</exception>
    public void Run()
    {
        try
        {
            _world.Run(RunAsync, StepsMax);
        }
        catch (Exception) when (BoundBroken is not null)
        {
            // What broke then came of it.
            throw BoundBroken;
        }

        Outside.CountInto(_coverage);
        foreach (var letter in Outside.Aws.DeadLetters.Letters.Concat(Redriven))
        {
            _coverage.Met($"dead letter {letter.About.Class.Code}", Stage.Bury);
        }

        EndInvariants.Check(this);
    }

    public void Dispose()
    {
        _all.ForEach(replica => replica.Dispose());
        _operator.Dispose();
        Outside.Dispose();
    }

    private async Task RunAsync()
    {
        for (var number = 0; number < Plan.Replicas; number++)
        {
            Start(number);
        }

        var operating = _operator.RunAsync();
        await SleepAsync(Plan.HealsAfter);
        Trace.Add("world", "heals");
        Outside.Heal();
        await UntilEmptyAsync();
        await operating;

        _isOver = true;
        foreach (var replica in _all.Where(replica => !replica.Life.IsDead))
        {
            replica.Wake();
            replica.BeginDrain();
        }

        await AllEndAsync();
    }

    private async Task UntilEmptyAsync()
    {
        var pause = TimeSpan.FromSeconds(1);
        while (!(Outside.IsEmpty && _operator.IsDone))
        {
            if (_world.Elapsed > EndsWithin)
            {
                throw new ViolationException(Invariant.RunEnds, $"messages or calls are left after {EndsWithin}");
            }

            await SleepAsync(pause);
            pause = pause < TimeSpan.FromMinutes(1) ? pause * 1.05 : pause;
        }
    }

    private async Task AllEndAsync()
    {
        var deadline = _world.Elapsed + DrainsWithin;
        while (_all.Any(replica => !replica.Life.IsDead && !replica.Running.IsCompleted))
        {
            if (_world.Elapsed > deadline)
            {
                throw new ViolationException(Invariant.RunEnds, $"a process did not drain within {DrainsWithin}");
            }

            await SleepAsync(TimeSpan.FromSeconds(1));
        }
    }

    private void Start(int number)
    {
        var start = _all.Count(replica => replica.Number == number) + 1;
        var replica = new Replica(number, start, Plan, Outside, replica => new Watch(this, replica));
        _replicas[number] = replica;
        _all.Add(replica);
        Trace.Add(replica.Name, "starts");
        replica.Start();
    }

    private async Task StartLaterAsync(int number, TimeSpan pause)
    {
        await SleepAsync(pause);
        if (!_isOver)
        {
            Start(number);
        }
    }

    private void Happen(Incident incident, Replica replica, Stage stage)
    {
        _coverage.Met($"process {incident.Kind}", replica.IsDraining ? Stage.Drain : stage);
        Trace.Add(replica.Name, $"meets {incident.Kind} for {incident.Lasts.TotalSeconds:F0} s");
        switch (incident.Kind)
        {
            case IncidentKind.Kill:
                replica.Life.Kill();
                Replace(replica, incident.Lasts);
                break;
            case IncidentKind.Drain when !replica.IsDraining:
                replica.BeginDrain();
                Replace(replica, incident.Lasts);
                break;
            case IncidentKind.Stall when !replica.Life.IsStalled:
                replica.Stall();
                _ = LaterAsync(incident.Lasts, replica.Wake);
                break;
            case IncidentKind.QueueAway:
                Away(incident.Lasts, away => Outside.Aws.Queue.Faults.IsAway = away);
                break;
            case IncidentKind.TableAway:
                Away(incident.Lasts, away => Outside.Aws.Table.Faults.IsAway = away);
                break;
            case IncidentKind.ClaimsAway:
                Away(incident.Lasts, away => Outside.Claims.Faults.IsAway = away);
                break;
            case IncidentKind.BudgetAway:
                Away(incident.Lasts, away => Outside.BudgetFaults.IsAway = away);
                break;
            case IncidentKind.ApiAway:
                Away(incident.Lasts, away => Outside.Platform.IsAway = away);
                break;
            case IncidentKind.VisibilityLost:
                Outside.Aws.Queue.ShowAllAgain();
                break;
            case IncidentKind.TokenRevoked:
                Outside.Platform.RevokeTokens();
                break;
            case IncidentKind.LimitChange:
                Outside.Configure(Outside.RequestsPerMinute > SmallLimit ? SmallLimit : SmallLimit * 2);
                NoteLimit();
                break;
            case IncidentKind.ServerLimit:
                Allow(ServerAllows);
                _ = LaterAsync(ServerAllowsLessFor, () => Allow(SimulatedPlatform.AllowedByDefault));
                break;
            case IncidentKind.Redrive when !_isOver:
                Redrive();
                break;
        }
    }

    private void Allow(int calls)
    {
        Outside.Platform.Allowed = calls;
        KnowOf(Math.Max(_known, calls));
    }

    /// <summary>A smaller limit of the platform holds when an answer told of it: while all tokens are refused, none does.</summary>
    private void KnowOf(int calls)
    {
        if (calls != _known)
        {
            _known = calls;
            NoteLimit();
        }
    }

    private void NoteLimit() => Limits.Add((_world.Elapsed, Math.Min(Outside.RequestsPerMinute, _known)));

    private void Away(TimeSpan lasts, Action<bool> away)
    {
        away(true);
        _ = LaterAsync(lasts, () => away(false));
    }

    /// <summary>The place of a killed process is free at once; one that drains overlaps with the next.</summary>
    private void Replace(Replica replica, TimeSpan pause)
    {
        if (_replicas[replica.Number] == replica)
        {
            _replicas[replica.Number] = null;
            _ = StartLaterAsync(replica.Number, pause);
        }
    }

    private void Redrive()
    {
        foreach (var letter in Outside.Aws.DeadLetters.TakeAll())
        {
            Redriven.Add(letter);
            Outside.Aws.Queue.Send(letter.Body, letter.Attributes);
        }
    }

    private async Task LaterAsync(TimeSpan pause, Action act)
    {
        await SleepAsync(pause);
        act();
    }

    private Task SleepAsync(TimeSpan pause) => Task.Delay(pause, _world.Time, CancellationToken.None);

    /// <summary>Sees every call of one process: counts it, lets the next incident happen there, and checks what must hold meanwhile.</summary>
    private sealed class Watch(History history, Replica replica) : ILifeWatch
    {
        private int _effects;

        public void Asks(string operation) => See(operation, isHeard: false);

        public void Hears(string operation) => See(operation, isHeard: true);

        private void See(string operation, bool isHeard)
        {
            if (replica.Life.IsDead)
            {
                return;
            }

            if (history.Trace.IsOn)
            {
                history.Trace.Add(replica.Name, $"{(isHeard ? "hears of" : "asks for")} {operation}");
            }

            SeeBounds(Stages.Of(operation), isHeard);
            history._calls++;
            while (history._incidents.TryPeek(out var next) && next.AtCall <= history._calls)
            {
                if (next.IsHeard != isHeard)
                {
                    return;
                }

                history._incidents.Dequeue();
                history.Happen(next, replica, Stages.Of(operation));
            }

            if (
                history._oversleeping is { } sleep
                && sleep.AtCall <= history._calls
                && sleep.IsHeard == isHeard
                && sleep.At == Stages.Of(operation)
            )
            {
                history._oversleeping = null;
                history.Happen(sleep, replica, sleep.At.Value);
            }
        }

        /// <summary>Told at the end: thrown here, it would reach code that takes it for a failed call.</summary>
        private void SeeBounds(Stage stage, bool isHeard)
        {
            if (stage == Stage.Effect)
            {
                _effects += isHeard ? -1 : 1;
            }

            var (slots, inFlight) = (replica.Processor.Slots.InUse, replica.Processor.InFlight.Count);
            var (slotsMax, workers) = (history.Plan.Receiving.Slots, history.Plan.Effects.Workers);
            Hold(slots <= slotsMax, Invariant.SlotsHeld, slots, slotsMax);
            Hold(inFlight <= slots, Invariant.InFlightHeld, inFlight, slots);
            Hold(_effects <= workers, Invariant.WorkersHeld, _effects, workers);
        }

        private void Hold(bool holds, string invariant, int has, int may)
        {
            if (!holds)
            {
                history.BoundBroken ??= new ViolationException(
                    invariant,
                    $"{replica.Name} has {has} and may have {may}"
                );
            }
        }
    }
}
