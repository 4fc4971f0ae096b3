namespace Operations.Answering;

/// <summary>What came of what a person or a program asked for; pages, HTTP API and commands say it in their own way.</summary>
internal abstract record Answer<T>
{
    private Answer() { }

    internal sealed record Done(T Value) : Answer<T>;

    /// <summary>It was asked in a way that cannot be done.</summary>
    internal sealed record Invalid(string Why) : Answer<T>;

    internal sealed record NotFound(string Why) : Answer<T>;

    /// <summary>It is not in a state in which that can be done.</summary>
    internal sealed record Conflict(string Why) : Answer<T>;

    /// <summary>A queue, a table or Genesys does not answer.</summary>
    internal sealed record Unavailable(string Why) : Answer<T>;

    /// <summary>What came of it, as the journal keeps it.</summary>
    public string Outcome =>
        this switch
        {
            Done => "done",
            Invalid invalid => $"refused: {invalid.Why}",
            NotFound missing => $"not found: {missing.Why}",
            Conflict conflict => $"conflict: {conflict.Why}",
            Unavailable unavailable => $"unavailable: {unavailable.Why}",
            _ => "unknown",
        };

    /// <summary>Why not; null when it was done.</summary>
    public string? Refusal =>
        this switch
        {
            Invalid invalid => invalid.Why,
            NotFound missing => missing.Why,
            Conflict conflict => conflict.Why,
            Unavailable unavailable => unavailable.Why,
            _ => null,
        };
}
