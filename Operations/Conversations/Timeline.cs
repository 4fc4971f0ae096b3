using Operations.DeadLetters;

namespace Operations.Conversations;

/// <summary>All that is known here of one conversation.</summary>
/// <param name="Summary">The summary as enrichment wrote it, as JSON; null while there is none.</param>
/// <param name="Letters">Dead letters of it, those that were decided about too.</param>
internal sealed record Timeline(
    string ConversationId,
    IReadOnlyList<TimelineEvent> Events,
    string? Summary,
    DateTimeOffset? SummarisedAt,
    string? DetailsOfApi,
    IReadOnlyList<Letter> Letters,
    IReadOnlyList<EffectClaim> Effects
);

/// <summary>One event, in the order of events.</summary>
/// <param name="Arrival">Its place in the order of arrival.</param>
/// <param name="Late">From when it happened until it was received.</param>
/// <param name="IsOutOfTurn">An event that happened later had arrived before.</param>
/// <param name="IsVariant">There is another body of the same event.</param>
internal sealed record TimelineEvent(
    string EventKey,
    string Kind,
    DateTimeOffset At,
    DateTimeOffset PublishedAt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset RecordedAt,
    int Arrival,
    TimeSpan Late,
    bool IsOutOfTurn,
    bool IsVariant,
    int Attempts,
    string EnvelopeId,
    string Body
)
{
    private const string StepsOf = "v2.detail.events.conversation.{id}.";

    /// <summary>The kind without what all kinds of this conversation begin with.</summary>
    public string Step => Kind.StartsWith(StepsOf, StringComparison.Ordinal) ? Kind[StepsOf.Length..] : Kind;
}

/// <summary>A side effect of an event that calls the API.</summary>
internal sealed record EffectClaim(string Handler, string EventKey, string State, string? Result);

/// <summary>A conversation among others.</summary>
internal sealed record ConversationLine(
    string ConversationId,
    string State,
    string Outcome,
    string Completeness,
    string Details,
    int Events,
    DateTimeOffset? StartedAt,
    DateTimeOffset? WrittenAt
);
