using System.Collections.Immutable;

namespace GenesysApi.Budget;

/// <summary>
/// All arithmetic of the shared budget; no clock, no I/O. The limit is shared out as rates, not as counts: holder i makes its
/// calls evenly at rate r(i), and every write keeps Σ r(i) ≤ <see cref="Usable"/>. A stream at rate r makes at most r·t + 1.5
/// calls in any time t, so ANY minute, wherever the server's window happens to open and whosever token it counts, holds at most
/// Σ r(i) + 1.5 · streams calls. Nobody's clock is compared with anybody's for that.
/// </summary>
public static class BudgetArithmetic
{
    /// <summary>What a stream may save up while its caller is late: one call, and half a call so that lateness costs nothing.</summary>
    public const double CreditMax = 1.5;

    /// <summary>Requests that were permitted in one minute and reach the server in the next: 0.9 s worth of calls.</summary>
    private const double LateFraction = 0.015;

    /// <summary>The rate after a block starts here: enough to find out whether the block is really over.</summary>
    private const double RampFloor = 0.1;

    /// <summary>The rate to share out, so that no minute holds more than <paramref name="allowed"/> calls.</summary>
    public static double Usable(int allowed, int streams) =>
        Math.Max(allowed - (CreditMax * streams) - (LateFraction * allowed), 0.25 * allowed);

    /// <summary>The part of the rate that may be used again so long after a block of the whole API.</summary>
    public static double RampAt(DateTimeOffset? blockedUntil, TimeSpan ramp, DateTimeOffset now) =>
        blockedUntil switch
        {
            null => 1,
            { } until when until > now => 0,
            { } until => Math.Min(1, RampFloor + ((1 - RampFloor) * ((now - until) / ramp))),
        };

    /// <summary>Without a store nobody knows the others, so each takes what is safe if all of them are there.</summary>
    public static double LocalShare(BudgetRules rules, BudgetClass @class, int limit, int holdersSeen, double ramp)
    {
        var holders = Math.Max(rules.Replicas, holdersSeen);
        var usable = Usable(limit, holders) * ramp;
        var reserve = Math.Min(rules.Reserve * ramp, usable / 2);
        return (@class == BudgetClass.Operator ? reserve : usable - reserve) / holders;
    }

    /// <summary>The record after <paramref name="ask"/>, and what the asking holder may do until it asks again.</summary>
    public static BudgetRenewal Renew(BudgetRecord record, BudgetAsk ask, BudgetRules rules, DateTimeOffset now)
    {
        var others = record
            .Shares.Where(share => share.Holder != ask.Holder && share.Until + rules.SkewMax > now)
            .ToImmutableArray();
        var holders = others.Select(share => share.Holder).Distinct().Count() + (ask.Wants ? 1 : 0);
        var blocks = Merge(record.Blocks, ask.Blocks, now - rules.Ramp);
        var allowed = others.Select(share => share.Limit).Append(ask.Limit).Min();

        var ramp = RampAt(BlockOfEverything(blocks)?.Until, rules.Ramp, now);
        var streams = Math.Max(rules.Replicas, others.Length + ask.Streams);
        var usable = Usable(allowed, streams) * ramp;
        var reserve = Math.Min(rules.Reserve * ramp, usable / 2);
        var (operatorTarget, liveTarget) = Targets(others, ask, usable, reserve);

        if (ask.Settling)
        {
            // Whoever does not know of this holder yet leaves it no more than this.
            operatorTarget = Math.Min(operatorTarget, reserve);
            liveTarget = Math.Min(liveTarget, (usable - reserve) / Math.Max(rules.Replicas, holders));
        }

        var free = usable - others.Sum(share => share.Rate);
        var operatorRate = Math.Clamp(operatorTarget, 0, Math.Max(0, free));
        var liveHeld = others.Where(share => share.Class == BudgetClass.Live).Sum(share => share.Rate);
        var liveFree = Math.Min(usable - reserve - liveHeld, free - operatorRate);
        var liveRate = Math.Clamp(liveTarget, 0, Math.Max(0, liveFree));

        var until = now + rules.LeaseFor(holders);
        var windowOver = now - record.WindowStart >= TimeSpan.FromMinutes(1);
        var used = (windowOver ? 0 : record.Used) + ask.Used;

        return new BudgetRenewal(
            record with
            {
                Version = record.Version + 1,
                Allowed = allowed,
                Reserve = rules.Reserve,
                WindowStart = windowOver ? now : record.WindowStart,
                Used = used,
                Blocks = blocks,
                Shares =
                [
                    .. others,
                    .. Mine(ask, BudgetClass.Operator, operatorRate, ask.OperatorWant, until),
                    .. Mine(ask, BudgetClass.Live, liveRate, ask.LiveWant, until),
                ],
            },
            liveRate,
            operatorRate,
            holders,
            IsShort: liveTarget - liveRate > 1 || operatorTarget - operatorRate > 1
        );
    }

    /// <summary>Max-min fairness: nobody gets more than it wants, and nobody less than another unless it wants less.</summary>
    internal static double[] ShareOut(double total, IReadOnlyList<double> wants)
    {
        var shares = new double[wants.Count];
        var left = Math.Max(0, total);
        var unserved = wants.Count;
        foreach (var index in Enumerable.Range(0, wants.Count).OrderBy(index => wants[index]))
        {
            shares[index] = Math.Min(wants[index], left / unserved);
            left -= shares[index];
            unserved--;
        }

        return shares;
    }

    /// <summary>Operators are served from the reserve first; what they want beyond it they share with live work as equals.</summary>
    private static (double Operator, double Live) Targets(
        ImmutableArray<BudgetShare> others,
        BudgetAsk ask,
        double usable,
        double reserve
    )
    {
        var operators = others.Where(share => share.Class == BudgetClass.Operator).Select(share => share.Want);
        double[] operatorWants = [ask.OperatorWant, .. operators];
        var fromReserve = ShareOut(reserve, operatorWants);

        var live = others.Where(share => share.Class == BudgetClass.Live).Select(share => share.Want);
        double[] beyond = [.. operatorWants.Zip(fromReserve, (want, got) => want - got)];
        var common = ShareOut(usable - reserve, [.. beyond, ask.LiveWant, .. live]);

        return (fromReserve[0] + common[0], common[beyond.Length]);
    }

    private static ImmutableArray<BudgetBlock> Merge(
        ImmutableArray<BudgetBlock> known,
        ImmutableArray<BudgetBlock> added,
        DateTimeOffset forgottenBefore
    ) =>
        [
            .. known
                .Concat(added)
                .Where(block => block.Until > forgottenBefore)
                .GroupBy(block => block.Endpoint, StringComparer.Ordinal)
                .Select(blocks => blocks.MaxBy(block => block.Until)!)
                .OrderBy(block => block.Endpoint, StringComparer.Ordinal),
        ];

    private static BudgetBlock? BlockOfEverything(ImmutableArray<BudgetBlock> blocks) =>
        blocks.FirstOrDefault(block => block.Endpoint == BudgetBlock.Everything);

    private static IEnumerable<BudgetShare> Mine(
        BudgetAsk ask,
        BudgetClass @class,
        double rate,
        double want,
        DateTimeOffset until
    ) => want > 0 ? [new BudgetShare(ask.Holder, @class, rate, want, ask.Limit, until)] : [];
}

/// <summary>What a holder brings to a renewal.</summary>
/// <param name="Limit">The least of what it is configured for and what the server's headers told it.</param>
/// <param name="Used">Calls it made since its last renewal.</param>
/// <param name="Settling">It is new, or was cut off: others may not know of it yet.</param>
/// <param name="Blocks">Blocks it learned of.</param>
public sealed record BudgetAsk(
    string Holder,
    double LiveWant,
    double OperatorWant,
    int Limit,
    int Used,
    bool Settling,
    ImmutableArray<BudgetBlock> Blocks
)
{
    public int Streams => (LiveWant > 0 ? 1 : 0) + (OperatorWant > 0 ? 1 : 0);

    public bool Wants => Streams > 0;
}

/// <param name="IsShort">Others hold what this holder is entitled to, and make room at their next renewal.</param>
public sealed record BudgetRenewal(BudgetRecord Record, double Live, double Operator, int Holders, bool IsShort);
