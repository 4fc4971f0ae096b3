namespace GenesysApi.Conversations;

// What analytics says of a conversation; only what the summary needs, everything optional, everything unknown skipped.

public sealed record ConversationDetailsPage(IReadOnlyList<ConversationDetails>? Conversations, int? TotalHits);

public sealed record ConversationDetails
{
    public string? ConversationId { get; init; }

    public DateTimeOffset? ConversationStart { get; init; }

    public DateTimeOffset? ConversationEnd { get; init; }

    public string? OriginatingDirection { get; init; }

    public IReadOnlyList<DetailsParticipant>? Participants { get; init; }
}

public sealed record DetailsParticipant
{
    public string? ParticipantId { get; init; }

    public string? Purpose { get; init; }

    public string? UserId { get; init; }

    public string? ExternalContactId { get; init; }

    public IReadOnlyList<DetailsSession>? Sessions { get; init; }
}

public sealed record DetailsSession
{
    public string? SessionId { get; init; }

    public string? MediaType { get; init; }

    public string? Direction { get; init; }

    public IReadOnlyList<DetailsSegment>? Segments { get; init; }

    public IReadOnlyList<DetailsMetric>? Metrics { get; init; }
}

public sealed record DetailsSegment
{
    public DateTimeOffset? SegmentStart { get; init; }

    public DateTimeOffset? SegmentEnd { get; init; }

    public string? SegmentType { get; init; }

    public string? QueueId { get; init; }

    public string? WrapUpCode { get; init; }

    public string? DisconnectType { get; init; }
}

/// <param name="Name">Such as <c>tTalk</c>; durations are in milliseconds.</param>
public sealed record DetailsMetric(string? Name, double? Value);
