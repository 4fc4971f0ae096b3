namespace GenesysApi.Conversations;

/// <summary>A conversation as it is now; unlike analytics it does not lag and carries the participants' attributes.</summary>
public sealed record Conversation
{
    public string? Id { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public IReadOnlyList<ConversationParticipant>? Participants { get; init; }
}

public sealed record ConversationParticipant
{
    public string? Id { get; init; }

    public string? Purpose { get; init; }

    public string? UserId { get; init; }

    public string? QueueId { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
