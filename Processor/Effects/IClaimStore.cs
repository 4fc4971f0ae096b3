namespace Processor.Effects;

/// <summary>
/// A seam: the table <c>effect-claims</c> in production, a dictionary with faults in the simulator; both pass the same contract
/// tests. Every write but the first is conditional on owner and generation, so that a process that slept through its lease can
/// neither renew, complete nor release what another holds.
/// </summary>
internal interface IClaimStore
{
    /// <summary>Asks to be the one who runs the effect.</summary>
    /// <param name="key">Handler and natural key.</param>
    /// <param name="bodyHash">Of the event: the payload check.</param>
    /// <param name="lease">How long the claim holds without renewal. Expiry stands in the condition; TTL only cleans up.</param>
    Task<ClaimAnswer> ClaimAsync(string key, string bodyHash, TimeSpan lease, CancellationToken cancellationToken);

    /// <returns>False when the claim is no longer ours.</returns>
    Task<ClaimWrite> RenewAsync(ClaimTicket ticket, TimeSpan lease, CancellationToken cancellationToken);

    Task<ClaimWrite> CompleteAsync(ClaimTicket ticket, string result, CancellationToken cancellationToken);

    /// <summary>The effect surely did not happen: the next claim starts with a clean sheet.</summary>
    Task<ClaimWrite> ReleaseAsync(ClaimTicket ticket, CancellationToken cancellationToken);

    /// <summary>The effect may have happened: the next claim must find out first.</summary>
    /// <param name="ticket">The proof.</param>
    /// <param name="reason">A short word kept with the claim.</param>
    /// <param name="mayStillHappenFor">
    /// A request that was cut off may reach its end after us. Nobody is granted the claim before that: finding out too early is told
    /// that nothing happened, and does it again.
    /// </param>
    Task<ClaimWrite> MarkAmbiguousAsync(
        ClaimTicket ticket,
        string reason,
        TimeSpan mayStillHappenFor,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Nothing was done under this claim, but somebody before may have done it, or still do: the doubt outlives the claim, and what a
    /// look has shown goes with it. Free at once.
    /// </summary>
    /// <param name="ticket">The proof.</param>
    /// <param name="reason">A short word kept with the claim.</param>
    /// <param name="lookedAt">When it was last looked for and not found.</param>
    Task<ClaimWrite> KeepDoubtAsync(
        ClaimTicket ticket,
        string reason,
        DateTimeOffset lookedAt,
        CancellationToken cancellationToken
    );
}

/// <summary>The proof of a claim.</summary>
/// <param name="Key">Of the claim.</param>
/// <param name="Owner">Of this claim alone, not of the process: two workers of one process are strangers here too.</param>
/// <param name="Generation">Grows with each claim of the key.</param>
internal sealed record ClaimTicket(string Key, string Owner, long Generation);

internal abstract record ClaimAnswer
{
    private ClaimAnswer() { }

    /// <param name="Ticket">The proof.</param>
    /// <param name="Doubt">What those before us left open.</param>
    internal sealed record Granted(ClaimTicket Ticket, Doubt Doubt) : ClaimAnswer;

    internal sealed record AlreadyCompleted(string Result, string BodyHash) : ClaimAnswer;

    /// <summary>Somebody ran it, or may have, for another body, and left no result: finding out can only tell of our own.</summary>
    internal sealed record InDoubtForAnother(string BodyHash) : ClaimAnswer;

    /// <summary>Come back after <paramref name="Until"/>; no attempt is counted.</summary>
    internal sealed record HeldByAnother(DateTimeOffset Until) : ClaimAnswer;

    /// <summary>The store throttles or is away: nothing is known, so nothing may run.</summary>
    internal sealed record Unavailable(string Reason) : ClaimAnswer;
}

/// <summary>Whether the effect of a claim may have happened under an earlier one.</summary>
internal abstract record Doubt
{
    private Doubt() { }

    /// <summary>Nobody before us can have run it.</summary>
    internal sealed record None : Doubt
    {
        public static readonly None Instance = new();
    }

    /// <summary>Somebody before us ran it, or may have, and left no result.</summary>
    internal sealed record Open : Doubt
    {
        public static readonly Open Instance = new();
    }

    /// <summary>The same, but it was looked for and not found. A process that slept since its claim may do it yet.</summary>
    internal sealed record LookedFor(DateTimeOffset At) : Doubt;
}

internal enum ClaimWrite
{
    Done,

    /// <summary>Another holds the claim, or it is completed.</summary>
    Lost,

    /// <summary>It may or may not be written.</summary>
    Unavailable,
}
