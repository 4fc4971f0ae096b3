using Operations.DeadLetters;

namespace Operations.Conversations;

/// <summary>All that is known here of one conversation.</summary>
/// <param name="Summary">The summary as enrichment wrote it, as JSON, masked; null while there is none.</param>
/// <param name="Call">The call to the API after which the summary was written.</param>
/// <param name="Letters">Dead letters of it, those that were decided about too; without the attributes of their messages.</param>
/// <param name="DuplicatesCounted">Whether the Processors count duplicates; if not, that none is known says nothing.</param>
/// <param name="NotRead">Items of attempts and claims that a throttled table did not answer for: what they say is missing.</param>
/// <param name="IsCut">There are more events than are read for one look.</param>
internal sealed record Timeline(
    string ConversationId,
    IReadOnlyList<TimelineEvent> Events,
    string? Summary,
    DateTimeOffset? SummarisedAt,
    string? DetailsOfApi,
    ApiCall? Call,
    IReadOnlyList<Letter> Letters,
    IReadOnlyList<EffectClaim> Effects,
    bool DuplicatesCounted,
    int NotRead,
    bool IsCut
)
{
    /// <summary>At least so many: those that came to a Processor which had not recorded the event itself are not known to it.</summary>
    public int Duplicates => Events.Sum(one => one.Duplicates);
}

/// <summary>One event, in the order of events.</summary>
/// <param name="Arrival">Its place in the order of arrival.</param>
/// <param name="Late">From when it happened until it was received.</param>
/// <param name="IsOutOfTurn">An event that happened later had arrived before.</param>
/// <param name="IsVariant">There is another body of the same event.</param>
/// <param name="Attempts">That failed, those after redrives included.</param>
/// <param name="Duplicates">That were recognised and counted.</param>
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
    int Duplicates,
    string EnvelopeId,
    string Body
)
{
    private const string StepsOf = "v2.detail.events.conversation.{id}.";

    /// <summary>The kind without what all kinds of this conversation begin with.</summary>
    public string Step => Kind.StartsWith(StepsOf, StringComparison.Ordinal) ? Kind[StepsOf.Length..] : Kind;
}

/// <summary>What the records beside an event say of its way here.</summary>
/// <param name="Attempts">That failed, those after redrives included.</param>
/// <param name="Duplicates">That were recognised and counted.</param>
internal sealed record EventHistory(int Attempts, int Duplicates);

/// <summary>A call to the API for the details of conversations.</summary>
/// <param name="Conversations">How many it asked for at once.</param>
internal sealed record ApiCall(DateTimeOffset At, int Conversations, string Answer);

/// <summary>A side effect of an event that calls the API.</summary>
/// <param name="Runs">How often it was claimed, which is as often as it may have called.</param>
internal sealed record EffectClaim(
    string Handler,
    string EventKey,
    string State,
    string? Result,
    int Runs,
    DateTimeOffset? CompletedAt
);

/// <summary>What a look through the table of summaries met, the one that was summarised last first.</summary>
/// <param name="Seen">Summaries that were looked at; of them those are told that were asked for.</param>
/// <param name="IsCut">The table holds more than were looked at, and later ones may be among them.</param>
internal sealed record BrowsedConversations(IReadOnlyList<ConversationLine> Conversations, int Seen, bool IsCut);

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
