using Simulation.Coverage;

namespace Simulation.Histories;

/// <summary>What happens once, at a call that the seed chose: just before it leaves the process, or before its answer is heard.</summary>
/// <param name="AtCall">The how-manieth of all calls of all processes.</param>
/// <param name="Lasts">How long it goes on, or how long until a process is replaced.</param>
internal sealed record Incident(IncidentKind Kind, int AtCall, bool IsHeard, TimeSpan Lasts)
{
    private static readonly IncidentKind[] All = Enum.GetValues<IncidentKind>();

    /// <summary>In a run without failures a process may end, but only in order.</summary>
    private static readonly IncidentKind[] Gentle =
    [
        IncidentKind.Drain,
        IncidentKind.TableAway,
        IncidentKind.BudgetAway,
        IncidentKind.VisibilityLost,
        IncidentKind.LimitChange,
        IncidentKind.Redrive,
        IncidentKind.TokenRevoked,
        IncidentKind.ServerLimit,
    ];

    private static readonly IncidentKind[] OfBudget =
    [
        IncidentKind.BudgetAway,
        IncidentKind.LimitChange,
        IncidentKind.ServerLimit,
        IncidentKind.TokenRevoked,
    ];

    /// <summary>Of the queue and of the processes: these lose messages out of sight, as they may.</summary>
    private static readonly IncidentKind[] Losing =
    [
        IncidentKind.Kill,
        IncidentKind.Stall,
        IncidentKind.QueueAway,
        IncidentKind.VisibilityLost,
    ];

    /// <summary>Not at any call, but at the first of this stage from then on; null is at any.</summary>
    public Stage? At { get; init; }

    /// <summary>
    /// A process stands still with an effect in its hands for longer than its claim and its message are hidden from others: who takes
    /// both over, and what does it do when it goes on?
    /// </summary>
    public static Incident Oversleeping(Random random) =>
        new(IncidentKind.Stall, 1 + random.Next(200), random.Next(2) == 0, TimeSpan.FromSeconds(random.Next(60, 150)))
        {
            At = random.Next(3) == 0 ? Stage.Effect : Stage.Claim,
        };

    /// <summary>One that changes who may call how often, early and for long.</summary>
    public static IReadOnlyList<Incident> OfTheBudget(Random random) =>
        [
            new(
                OfBudget[random.Next(OfBudget.Length)],
                1 + random.Next(100),
                random.Next(2) == 0,
                TimeSpan.FromSeconds(random.Next(60, 120))
            ),
        ];

    /// <param name="random">The seed's.</param>
    /// <param name="callsMax">The last call at which something happens; most of it does much earlier.</param>
    /// <param name="onlyThrottles">Nothing may fail.</param>
    /// <param name="isCalm">Nothing may be lost out of sight.</param>
    public static IReadOnlyList<Incident> Some(Random random, int callsMax, bool onlyThrottles, bool isCalm)
    {
        IncidentKind[] kinds = [.. (onlyThrottles ? Gentle : All).Except(isCalm ? Losing : [])];
        return
        [
            .. Enumerable
                .Range(0, random.Next(7))
                .Select(_ => new Incident(
                    kinds[random.Next(kinds.Length)],
                    1 + (int)(random.NextDouble() * random.NextDouble() * callsMax),
                    random.Next(2) == 0,
                    TimeSpan.FromSeconds(1 + (random.NextDouble() * random.NextDouble() * 80))
                ))
                .OrderBy(incident => incident.AtCall),
        ];
    }
}

internal enum IncidentKind
{
    /// <summary>SIGKILL, and another process in its place some time later.</summary>
    Kill,

    /// <summary>SIGTERM, and another process in its place.</summary>
    Drain,

    /// <summary>SIGSTOP, SIGCONT.</summary>
    Stall,

    QueueAway,
    TableAway,
    ClaimsAway,
    BudgetAway,

    /// <summary>The API answers with server errors for some time.</summary>
    ApiAway,

    /// <summary>The queue shows what is under way to everybody.</summary>
    VisibilityLost,

    /// <summary>All tokens that were issued are refused from now on.</summary>
    TokenRevoked,

    /// <summary>The configuration of the limit changes in all processes.</summary>
    LimitChange,

    /// <summary>The platform allows less than is configured: it says so in each answer, and refuses what is more.</summary>
    ServerLimit,

    /// <summary>Somebody sends all dead letters back.</summary>
    Redrive,
}
