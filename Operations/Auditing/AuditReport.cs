namespace Operations.Auditing;

/// <summary>What Genesys says there was in an interval, against what arrived here.</summary>
/// <param name="Told">Conversations that Genesys tells of.</param>
/// <param name="Arrived">Of them, those that left an event here.</param>
/// <param name="Calls">What it cost of the API's budget.</param>
/// <param name="Incomplete">Why not all of the interval was compared; null if it was.</param>
internal sealed record AuditReport(
    DateTimeOffset From,
    DateTimeOffset To,
    int Told,
    int Arrived,
    IReadOnlyList<MissingConversation> Missing,
    int Calls,
    string? Incomplete
);

/// <param name="Advice">What can be done about it.</param>
internal sealed record MissingConversation(
    string ConversationId,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Direction,
    string Advice
);
