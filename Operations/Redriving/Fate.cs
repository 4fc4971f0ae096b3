using Operations.DeadLetters;
using Operations.Previewing;

namespace Operations.Redriving;

/// <summary>What the tables say of an event that was sent again.</summary>
internal enum Fate
{
    Undecided,

    /// <summary>It failed more than once and is tried again. It becomes a dead letter an hour later, which is too late for a canary.</summary>
    Failing,

    Recovered,
}

/// <summary>How often an event failed since it was sent again, as the Processor counts it.</summary>
internal sealed record Failures(int Count, DateTimeOffset LastAt);

/// <summary>
/// Tells a recovered event from one that is only recorded: the record comes before the effect, so a letter that died of its effect
/// has its row all along. Pure.
/// </summary>
internal static class Fates
{
    /// <summary>What the clocks of two hosts may differ by.</summary>
    public static readonly TimeSpan ClockSkewMax = TimeSpan.FromSeconds(5);

    /// <summary>One failure may be chance; the second comes some seconds later.</summary>
    private const int FailuresMin = 2;

    /// <summary>Longer than the Processor's longest back-off (15 minutes): what failed and has not for so long has succeeded.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(20);

    /// <param name="letter">That was sent.</param>
    /// <param name="recordedAt">When its row was written; null without one.</param>
    /// <param name="claims">Of its effects, as far as any of them began.</param>
    /// <param name="failures">Counted for this redrive of it.</param>
    /// <param name="hasEffect">An effect takes its topic, whether it began or not.</param>
    /// <param name="now">The time.</param>
    public static Fate Of(
        Letter letter,
        DateTimeOffset? recordedAt,
        IReadOnlyCollection<HeldClaim> claims,
        Failures? failures,
        bool hasEffect,
        DateTimeOffset now
    )
    {
        // A count from before is of a copy that the same failure was sent back with once already.
        var failed = failures?.LastAt >= letter.RedrivenAt - ClockSkewMax ? failures : null;
        var isOver = failed is null || recordedAt > failed.LastAt || now - failed.LastAt > Quiet;
        var isDone =
            claims.Count > 0
                ? claims.All(claim => claim.IsCompletedFor(EventKeys.Of(letter.SortKey!).BodyHash))
                : !hasEffect && isOver;
        return isDone && recordedAt is not null ? Fate.Recovered
            : failed?.Count >= FailuresMin ? Fate.Failing
            : Fate.Undecided;
    }
}
