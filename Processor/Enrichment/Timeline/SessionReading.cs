namespace Processor.Enrichment.Timeline;

/// <summary>Sorts the events of a conversation into sessions. Whatever order they come in, the sessions are the same.</summary>
internal static class SessionReading
{
    private const string StepsOf = "v2.detail.events.conversation.{id}.";

    /// <summary>The sessions in the order in which they began.</summary>
    public static List<Session> SessionsOf(IReadOnlyCollection<RecordedEvent> events)
    {
        var sessions = new List<Session>();
        foreach (var recorded in InOrder(events))
        {
            var step = recorded.Kind[StepsOf.Length..];
            if (
                Session.RoleOf(step) is { } role
                && EventFacts.Of(recorded.Body) is { ParticipantId: { } participantId } facts
            )
            {
                Find(sessions, participantId, facts.SessionId).Add(step, role, recorded.EventTime, facts);
            }
        }

        return sessions;
    }

    private static Session Find(List<Session> sessions, string participantId, string? sessionId)
    {
        var session = sessions.Find(known => known.ParticipantId == participantId && known.SessionId == sessionId);
        if (session is null)
        {
            session = new Session(participantId, sessionId);
            sessions.Add(session);
        }

        return session;
    }

    /// <summary>In order of their own time; of two bodies of one event the one that was published later.</summary>
    private static IEnumerable<RecordedEvent> InOrder(IReadOnlyCollection<RecordedEvent> events) =>
        events
            .Where(recorded => recorded.Kind.StartsWith(StepsOf, StringComparison.Ordinal))
            .GroupBy(recorded => recorded.NaturalKey, StringComparer.Ordinal)
            .Select(variants =>
                variants
                    .OrderBy(recorded => recorded.PublishedAt)
                    .ThenBy(recorded => recorded.Key, StringComparer.Ordinal)
                    .Last()
            )
            .OrderBy(recorded => recorded.Key, StringComparer.Ordinal);
}
