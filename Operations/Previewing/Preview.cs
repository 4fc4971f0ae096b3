namespace Operations.Previewing;

/// <summary>What would become of a letter if it were sent again now.</summary>
internal abstract record Preview
{
    private Preview() { }

    /// <param name="Effect">Where its event is recorded already: the effect that is still to be done.</param>
    internal sealed record WouldRun(string? Effect = null) : Preview;

    /// <summary>Its event is in the table, and no effect of it is still to be done: sending it changes nothing.</summary>
    internal sealed record AlreadyRecorded(DateTimeOffset RecordedAt) : Preview;

    /// <summary>The summary that it asks for is there, with all that the API tells: asking again writes the same.</summary>
    internal sealed record AlreadySummarised(DateTimeOffset WrittenAt) : Preview;

    /// <summary>Another body of the same event was published later and is recorded.</summary>
    internal sealed record Superseded(string By) : Preview;

    /// <summary>An effect of it is under way, or may be.</summary>
    internal sealed record StillClaimed(string Handler, DateTimeOffset Until) : Preview;

    /// <summary>It can only fail, or others of its group just did.</summary>
    internal sealed record WillFailAgain(string Why) : Preview;

    /// <summary>A table does not answer.</summary>
    internal sealed record Unknown(string Why) : Preview;

    /// <summary>The word for it, on pages and in answers.</summary>
    public string Kind =>
        this switch
        {
            WouldRun => "would-run",
            AlreadyRecorded => "already-recorded",
            AlreadySummarised => "already-summarised",
            Superseded => "superseded",
            StillClaimed => "still-claimed",
            WillFailAgain => "will-fail-again",
            Unknown => "unknown",
            _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
        };

    public string Explanation =>
        this switch
        {
            WouldRun { Effect: { } effect } => $"Its event is recorded; {effect} is still to be done, and would run.",
            WouldRun => "Nothing speaks against it: it would be recorded, and its effects would run.",
            AlreadyRecorded recorded =>
                $"Its event was recorded at {recorded.RecordedAt:yyyy-MM-dd HH:mm:ss} UTC; sending it again changes nothing.",
            AlreadySummarised summarised =>
                $"The conversation was summarised at {summarised.WrittenAt:yyyy-MM-dd HH:mm:ss} UTC with all that the API tells; sent again, it costs a part of a call and writes the same.",
            Superseded superseded =>
                $"Another body of the same event was published later: {superseded.By}. Sent again, it would be kept beside it.",
            StillClaimed claimed =>
                $"The effect {claimed.Handler} is claimed until {claimed.Until:yyyy-MM-dd HH:mm:ss} UTC; it would wait for that.",
            WillFailAgain failing => failing.Why,
            Unknown unknown => $"It cannot be told: {unknown.Why}.",
            _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
        };
}
