namespace Events;

/// <summary>One event as Genesys Cloud published it, and the keys under which it is the same event again.</summary>
public sealed record GenesysEvent
{
    /// <summary>The EventBridge id: an alias, new with every publish, so never an identity.</summary>
    public required string EnvelopeId { get; init; }

    public required string DetailType { get; init; }

    public required Topic Topic { get; init; }

    public required string Source { get; init; }

    /// <summary>What the event is about: <c>conversation:{id}</c>, <c>user:{id}</c>, <c>topic:{detail-type}</c>, …</summary>
    public required string Subject { get; init; }

    public required string? ConversationId { get; init; }

    public required string? ParticipantId { get; init; }

    /// <summary>When it happened, in milliseconds; where the body does not say, when it was published.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>When Genesys published it: <c>detail.timestamp</c>, else the envelope's time.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>A slice of the bytes that were decoded: good only as long as those are.</summary>
    public required ReadOnlyMemory<byte> EventBody { get; init; }

    /// <summary><c>{natural key}-{body hash}</c>, equal for every delivery and every publish of this event.</summary>
    public required string EventKey { get; init; }

    /// <summary><c>{event time, 14 digits of ms}#{event key}</c>: text order is time order.</summary>
    public required string SortKey { get; init; }

    /// <summary>The archive replay that brought the event back, if one did.</summary>
    public required string? ReplayName { get; init; }

    /// <summary>Genesys' own trace id. It is shared by many events; good for support cases only.</summary>
    public required string? CorrelationId { get; init; }

    /// <summary>Hash of what makes the event this one. Two bodies under one natural key are variants.</summary>
    public string NaturalKey => EventKey[..Identity.KeyHash.Length];

    public string BodyHash => EventKey[(Identity.KeyHash.Length + 1)..];
}
