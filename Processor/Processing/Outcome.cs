namespace Processor.Processing;

/// <summary>What can become of one message. Settlement turns each case into one act on the queue; there is no sixth.</summary>
internal abstract record Outcome
{
    private Outcome() { }

    /// <summary>The event is in the table and its effects are complete: the message may go.</summary>
    internal sealed record Recorded : Outcome
    {
        public static readonly Recorded Instance = new();
    }

    /// <summary>Nothing is wrong with the event; the world asks for time. Never counts as an attempt.</summary>
    /// <param name="Until">When it may go on.</param>
    /// <param name="Reason">One of <see cref="Reasons"/>.</param>
    internal sealed record Deferred(DateTimeOffset Until, string Reason) : Outcome;

    /// <summary>It failed and may succeed later. Counts as a transient attempt.</summary>
    internal sealed record Failed(string Reason) : Outcome;

    /// <summary>It can never succeed as it is.</summary>
    internal sealed record Rejected(string Reason) : Outcome;

    /// <summary>It is not an event that we can read.</summary>
    internal sealed record Poison(string Reason) : Outcome;

    /// <summary>The word for metrics and spans.</summary>
    public string Kind =>
        this switch
        {
            Recorded => "recorded",
            Deferred => "deferred",
            Failed => "failed",
            Rejected => "rejected",
            Poison => "poison",
            _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
        };
}
