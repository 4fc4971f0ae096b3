namespace GenesysApi.Calls;

/// <summary>What came of a call. Whoever handles an event switches on this once and settles the event by it.</summary>
public abstract record ApiOutcome<T>
{
    private ApiOutcome() { }

    public sealed record Answered(T Value) : ApiOutcome<T>;

    /// <summary>Nothing is wrong with the call; it has to wait, perhaps for hours. No attempt is counted for it.</summary>
    public sealed record Deferred(DateTimeOffset Until, string Reason, string By) : ApiOutcome<T>;

    /// <summary>The platform does not know the conversation yet; it is too young to be called unknown.</summary>
    public sealed record NotYet : ApiOutcome<T>;

    /// <summary>It will not be answered otherwise however often it is asked.</summary>
    public sealed record Rejected(int Status, string Code) : ApiOutcome<T>;

    /// <summary>A call with an effect was sent and its answer is lost: the effect may have happened.</summary>
    public sealed record Ambiguous(string Reason) : ApiOutcome<T>;

    /// <summary>No answer or a server error, and no effect: worth another attempt.</summary>
    public sealed record Unavailable(string Reason) : ApiOutcome<T>;
}

/// <summary>The value of an answer that says only that it was done.</summary>
public sealed record Done
{
    public static readonly Done Instance = new();
}
