namespace Ingestor.Sending;

/// <summary>What became of one event. The sender may forget the first two kinds; the last two it should send again.</summary>
internal abstract record EventOutcome
{
    private EventOutcome() { }

    /// <summary>SQS has it.</summary>
    internal sealed record Forwarded : EventOutcome
    {
        public static Forwarded Instance { get; } = new();
    }

    /// <summary>No rule wants it.</summary>
    internal sealed record Filtered : EventOutcome
    {
        public static Filtered Instance { get; } = new();
    }

    /// <summary>It can never be forwarded as it is.</summary>
    internal sealed record Refused(RefusalReason Reason, string Detail) : EventOutcome;

    /// <summary>There is no room for it now.</summary>
    internal sealed record Throttled : EventOutcome
    {
        public static Throttled Instance { get; } = new();
    }

    /// <summary>SQS did not confirm it in time; it may be there all the same.</summary>
    internal sealed record Unavailable : EventOutcome
    {
        public static Unavailable Instance { get; } = new();
    }
}

/// <summary>Why an event or a whole request was turned away; the value of <c>genesys.reason</c> in the metrics.</summary>
internal enum RefusalReason
{
    /// <summary>Not JSON, not UTF-8, not gzip, cut off, nested too deeply.</summary>
    Malformed,

    /// <summary>JSON, but no EventBridge envelope or entry.</summary>
    NotAnEvent,

    /// <summary>The PutEvents entry's source belongs to AWS.</summary>
    ReservedSource,

    TooLarge,

    /// <summary>More events in one request than allowed.</summary>
    TooMany,

    /// <summary>A character SQS does not carry.</summary>
    IllegalCharacter,

    /// <summary>SQS itself said no to this one entry.</summary>
    RefusedByQueue,

    /// <summary>The wrong media type or content coding.</summary>
    UnsupportedMediaType,

    Unauthorized,
    Overloaded,
    Unavailable,

    /// <summary>The body did not arrive in time.</summary>
    TooSlow,

    /// <summary>An AWSEvents operation that is not PutEvents or TestEventPattern.</summary>
    UnknownOperation,
}
