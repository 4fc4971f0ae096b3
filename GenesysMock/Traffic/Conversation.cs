using System.Collections.Immutable;

namespace GenesysMock.Traffic;

/// <summary>One conversation from beginning to end. Its events and what the API says about it are both told from this.</summary>
internal sealed record Conversation
{
    public required string Id { get; init; }
    public required MediaType Media { get; init; }
    public required bool Outbound { get; init; }
    public required DateTimeOffset Start { get; init; }
    public required string DivisionId { get; init; }
    public required string ExternalContactId { get; init; }
    public required string CustomerName { get; init; }
    public required string CustomerAddress { get; init; }
    public required string OurAddress { get; init; }

    /// <summary>When the customer left. Wrap-up comes after it.</summary>
    public DateTimeOffset End { get; init; }

    public ImmutableArray<Participant> Participants { get; init; } = [];
}

internal enum Purpose
{
    Customer,
    Ivr,
    Acd,
    Agent,
}

/// <summary>One who took part, with the one session he had.</summary>
internal sealed record Participant
{
    public required Party Party { get; init; }
    public required Purpose Purpose { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required string DisconnectType { get; init; }

    /// <summary>When an agent took the conversation; null for one who was only alerted.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
    public WorkQueue? Queue { get; init; }
    public Flow? Flow { get; init; }
    public Agent? User { get; init; }
    public WrapUp? WrapUp { get; init; }
    public ImmutableArray<AttributeChange> Attributes { get; init; } = [];
}

/// <summary>The two ids that nearly every detail event carries.</summary>
internal readonly record struct Party(string ParticipantId, string SessionId);

internal sealed record WrapUp(WrapUpCode Code, string Notes, TimeSpan Duration, DateTimeOffset EndsAt);

internal sealed record AttributeChange(DateTimeOffset At, ImmutableDictionary<string, string> Values);

/// <summary>Something that happened at Genesys and is to be published: all of an event but its envelope.</summary>
/// <param name="At">When it happened, to the millisecond.</param>
/// <param name="PublishedAt">When Genesys put it on the bus: <c>detail.timestamp</c>.</param>
/// <param name="DetailType">The topic with a literal {id}.</param>
/// <param name="TopicName">The topic with the id.</param>
internal sealed record Happening(
    DateTimeOffset At,
    DateTimeOffset PublishedAt,
    string DetailType,
    string TopicName,
    ReadOnlyMemory<byte> Body,
    string CorrelationId
);
