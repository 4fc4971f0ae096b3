using Events;

namespace Processor.Effects;

/// <summary>
/// A side effect outside our tables, which cannot be repeated harmlessly. It runs under a claim: at most one process at a time
/// believes it may act, and a completed effect is never run again.
/// </summary>
internal interface IEffectHandler
{
    /// <summary>Part of the claim's key, so it must never change: lower-case words with hyphens.</summary>
    string Name { get; }

    bool Handles(GenesysEvent genesysEvent);

    /// <summary>
    /// Whether it would only be sent away now (a budget that is empty, an API that is blocked). Asked before the claim, so that
    /// waiting costs no write; it takes nothing and promises nothing.
    /// </summary>
    /// <returns>When to come back; nothing if it may begin.</returns>
    EffectAnswer.Deferred? MustWait(GenesysEvent genesysEvent);

    /// <summary>Does it.</summary>
    /// <param name="genesysEvent">The event it is for.</param>
    /// <param name="notAfter">
    /// By the clock of this process: whatever has not been sent by then must not be sent any more, for the claim may be another's. To be asked
    /// last of all, when everything else has been waited for: a process that stood still may go on here before it hears that the claim is lost.
    /// </param>
    /// <param name="lost">Cancelled when the claim is lost or the time is over: stop, and send nothing more.</param>
    Task<EffectAnswer> ApplyAsync(GenesysEvent genesysEvent, DateTimeOffset notAfter, CancellationToken lost);

    /// <summary>Asks the outside world whether an earlier run, of which nobody knows the end, had its effect.</summary>
    Task<EffectFinding> FindOutAsync(GenesysEvent genesysEvent, CancellationToken lost);
}

/// <summary>What came of one run of an effect.</summary>
internal abstract record EffectAnswer
{
    private EffectAnswer() { }

    /// <param name="Result">A short word kept with the claim; never data of the event.</param>
    internal sealed record Completed(string Result) : EffectAnswer;

    /// <summary>It did not happen, and may go on later.</summary>
    internal sealed record Deferred(DateTimeOffset Until, string Reason) : EffectAnswer;

    /// <summary>It did not happen.</summary>
    internal sealed record Failed(string Reason) : EffectAnswer;

    /// <summary>It did not happen and never will.</summary>
    internal sealed record Rejected(string Reason) : EffectAnswer;

    /// <summary>The request went out, and nobody knows what became of it.</summary>
    internal sealed record Ambiguous(string Reason) : EffectAnswer;
}

/// <summary>What the outside world says about an effect of which nobody knows the end.</summary>
internal abstract record EffectFinding
{
    private EffectFinding() { }

    internal sealed record Happened : EffectFinding;

    internal sealed record DidNotHappen : EffectFinding;

    /// <summary>It cannot be asked now (rate limit, budget). The doubt stays, and no attempt is counted.</summary>
    internal sealed record AskLater(DateTimeOffset Until, string Reason) : EffectFinding;

    /// <summary>It was asked and gave no answer to rely on.</summary>
    internal sealed record Unknown(string Reason) : EffectFinding;
}
