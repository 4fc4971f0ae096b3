namespace Processor.Enrichment.Timeline;

/// <summary>What is known of a conversation: its events and the platform's own account, folded into one. Its JSON is what readers get.</summary>
internal sealed record ConversationSummary
{
    public required string ConversationId { get; init; }

    public required ConversationState State { get; init; }

    public required ConversationOutcome Outcome { get; init; }

    /// <summary>VOICE, MESSAGE, EMAIL, …</summary>
    public string? Media { get; init; }

    /// <summary>INBOUND or OUTBOUND, as the conversation began.</summary>
    public string? Direction { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the last customer left.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public required ConversationDurations Durations { get; init; }

    public required IReadOnlyList<ParticipantSummary> Participants { get; init; }

    public required IReadOnlyList<QueueVisit> Queues { get; init; }

    public required IReadOnlyList<WrapUp> WrapUps { get; init; }

    public required Completeness Completeness { get; init; }

    /// <summary>Steps that must have happened and were not seen, such as <c>user.end</c>.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    public required ArrivalSummary Arrival { get; init; }

    public required DetailsState Details { get; init; }

    /// <summary>The call to the platform after which it was folded.</summary>
    public DetailsCall? Call { get; init; }

    /// <summary>The time of the latest event in it; a summary never goes back behind that of another.</summary>
    public required DateTimeOffset EnrichedThrough { get; init; }
}

internal enum ConversationState
{
    Started,
    InFlow,
    Waiting,
    Connected,
    Ended,

    /// <summary>Ended, and every agent who spoke has wrapped up.</summary>
    WrappedUp,
}

internal enum ConversationOutcome
{
    Open,
    Answered,

    /// <summary>The customer left a queue before anybody answered.</summary>
    Abandoned,

    /// <summary>It left the queue into a flow and was not answered.</summary>
    FlowedOut,

    /// <summary>It ended in a flow and never reached a queue.</summary>
    SelfService,
    Unknown,
}

internal enum Completeness
{
    /// <summary>Not over yet.</summary>
    Open,

    /// <summary>Over, and steps are missing.</summary>
    Partial,
    Complete,
}

/// <summary>In order of knowledge: a summary never replaces one of the same events that knows more.</summary>
internal enum DetailsState
{
    /// <summary>The platform does not tell yet, or not all.</summary>
    Pending,

    /// <summary>It was asked long enough and did not tell.</summary>
    Unavailable,
    Present,
}

/// <param name="At">When it was answered.</param>
/// <param name="Conversations">How many it asked for at once.</param>
/// <param name="Answer">What became of it, as the metric says it.</param>
internal sealed record DetailsCall(DateTimeOffset At, int Conversations, string Answer);

/// <summary>Milliseconds; nothing where nobody told.</summary>
internal sealed record ConversationDurations(long? Total, long? Flow, long? Wait, long? Talk, long? Held, long? WrapUp);

/// <param name="Role">customer, flow, queue, agent, voicemail, or the platform's word for another purpose.</param>
internal sealed record ParticipantSummary(
    string ParticipantId,
    string Role,
    string? UserId,
    int Sessions,
    DateTimeOffset? FirstSeen,
    DateTimeOffset? LastSeen
);

/// <param name="Outcome">ANSWERED, ABANDON, FLOW_OUT; nothing while it waits.</param>
internal sealed record QueueVisit(
    string? QueueId,
    DateTimeOffset? EnteredAt,
    DateTimeOffset? LeftAt,
    string? Outcome,
    long? WaitMs
);

internal sealed record WrapUp(string ParticipantId, string? UserId, string Code);
