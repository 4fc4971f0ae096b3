using Events;
using Processor.Effects;

namespace Simulation.Tables;

/// <summary>A claim as the table granted it.</summary>
/// <param name="AskedAt">When the process asked for it, by the world's clock.</param>
/// <param name="Generation">Of the claim.</param>
/// <param name="IsInDoubt">Somebody before may have run the effect: it is to be found out before anything is done.</param>
internal sealed record GrantedClaim(DateTimeOffset AskedAt, long Generation, bool IsInDoubt)
{
    /// <summary>As it stands in the table, renewals included.</summary>
    public DateTimeOffset LeaseUntil { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>What was done under this claim, and under all others of its key.</summary>
    public EffectTries Tries { get; init; } = new();
}

/// <summary>What processes did for one effect, under whichever claim of it.</summary>
internal sealed class EffectTries
{
    private readonly List<Sent> _open = [];

    /// <summary>When the last look left whose answer told a process; null when there was none.</summary>
    public DateTimeOffset? LookedAt { get; private set; }

    public void Looked(DateTimeOffset at) => LookedAt = LookedAt > at ? LookedAt : at;

    /// <summary>A write leaves its process, and nobody knows whether it happens.</summary>
    /// <returns>Ends that, when an answer says that nothing was done.</returns>
    public Action Leaves(GrantedClaim claim, DateTimeOffset at)
    {
        var sent = new Sent(claim.Generation, at);
        _open.Add(sent);
        return () => _open.Remove(sent);
    }

    /// <summary>The last write of an earlier claim that may have happened; null when there was none.</summary>
    public DateTimeOffset? TriedBefore(GrantedClaim claim) =>
        _open.Where(sent => sent.Generation < claim.Generation).Max(sent => (DateTimeOffset?)sent.At);

    private sealed record Sent(long Generation, DateTimeOffset At);
}

/// <summary>
/// One run of a guarded effect, from before its claim to its last request. It goes along with the run: two workers of a process may
/// have the same effect in hand, and a request must be judged by the claim that it was made under.
/// </summary>
internal sealed class EffectRun
{
    private static readonly AsyncLocal<EffectRun?> Running = new();

    /// <summary>Null outside of effects.</summary>
    public static EffectRun? Current => Running.Value;

    /// <summary>Null until the table has granted one.</summary>
    public GrantedClaim? Claim { get; set; }

    public static void Begin() => Running.Value = new EffectRun();
}

/// <summary>A handler whose every run is known as one.</summary>
internal sealed class EffectInRuns(IEffectHandler handler) : IEffectHandler
{
    public string Name => handler.Name;

    public bool Handles(GenesysEvent genesysEvent) => handler.Handles(genesysEvent);

    /// <summary>The first that a run asks, before it claims anything.</summary>
    public EffectAnswer.Deferred? MustWait(GenesysEvent genesysEvent)
    {
        EffectRun.Begin();
        return handler.MustWait(genesysEvent);
    }

    public Task<EffectAnswer> ApplyAsync(GenesysEvent genesysEvent, DateTimeOffset notAfter, CancellationToken lost) =>
        handler.ApplyAsync(genesysEvent, notAfter, lost);

    public Task<EffectFinding> FindOutAsync(GenesysEvent genesysEvent, CancellationToken lost) =>
        handler.FindOutAsync(genesysEvent, lost);
}
