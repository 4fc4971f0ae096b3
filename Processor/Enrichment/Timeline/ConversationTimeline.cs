using GenesysApi.Conversations;

namespace Processor.Enrichment.Timeline;

/// <summary>
/// Folds what is known of a conversation into its summary. Pure; the order in which events arrived changes nothing but what is said
/// about arrival. Events tell first, for they are ours and complete; the platform's account fills what they leave open.
/// </summary>
internal static class ConversationTimeline
{
    /// <param name="conversationId">The conversation.</param>
    /// <param name="events">All that was recorded of it, at least one.</param>
    /// <param name="details">What the platform tells of it, if it does.</param>
    /// <param name="state">What is to be said about <paramref name="details"/>.</param>
    public static ConversationSummary Fold(
        string conversationId,
        IReadOnlyCollection<RecordedEvent> events,
        ConversationDetails? details,
        DetailsState state
    )
    {
        var account = new PlatformAccount(details);
        var sessions = SessionReading.SessionsOf(events);
        var customers = sessions.FindAll(session => session.Role == Session.Customer);
        var queues = sessions.FindAll(session => session.Role == Session.Queue);

        var isOver = IsOver(customers, account);
        var startedAt =
            customers.Min(session => session.StartedAt) ?? account.StartedAt ?? sessions.FirstOrDefault()?.FirstAt;
        var endedAt = isOver ? customers.Max(session => session.EndedAt) ?? account.EndedAt : null;
        var missing = isOver ? MissingSteps(sessions, account) : [];

        return new ConversationSummary
        {
            ConversationId = conversationId,
            State = StateOf(isOver, sessions),
            Outcome = OutcomeOf(isOver, queues, sessions),
            Media =
                customers.Concat(sessions).FirstOrDefault(session => session.MediaType is not null)?.MediaType
                ?? account.Media,
            Direction = customers.Find(session => session.Direction is not null)?.Direction ?? account.Direction,
            StartedAt = startedAt,
            EndedAt = endedAt,
            Durations = new ConversationDurations(
                endedAt is { } end && startedAt is { } start ? (long)(end - start).TotalMilliseconds : null,
                Sum(sessions, Session.Flow, session => session.ConnectedMs)
                    ?? account.Metric("tIvr")
                    ?? account.Metric("tFlow"),
                Sum(sessions, Session.Queue, session => session.ConnectedMs) ?? account.Metric("tAcd"),
                Sum(sessions, Session.Agent, session => session.TalkMs) ?? account.Metric("tTalkComplete"),
                Sum(sessions, Session.Agent, session => session.HeldMs) ?? account.Metric("tHeldComplete"),
                Sum(sessions, Session.Agent, session => session.WrapUpMs) ?? account.Metric("tAcw")
            ),
            Participants = Participants(sessions, account),
            Queues = queues.ConvertAll(Visit),
            WrapUps = WrapUps(sessions, account),
            Completeness =
                !isOver ? Completeness.Open
                : missing.Count > 0 ? Completeness.Partial
                : Completeness.Complete,
            Missing = missing,
            Arrival = ArrivalSummary.Of(events),
            Details = state,
            EnrichedThrough = events.Max(recorded => recorded.EventTime),
        };
    }

    /// <summary>A conversation is over when its last customer is gone; an agent leaves with every transfer.</summary>
    private static bool IsOver(List<Session> customers, PlatformAccount account) =>
        account.EndedAt is not null
        || (
            customers.Exists(customer => customer.EndedAt is not null) && !customers.Exists(customer => customer.IsOpen)
        );

    private static ConversationState StateOf(bool isOver, List<Session> sessions)
    {
        if (!isOver)
        {
            return IsOpen(Session.Agent) ? ConversationState.Connected
                : IsOpen(Session.Queue) ? ConversationState.Waiting
                : IsOpen(Session.Flow) ? ConversationState.InFlow
                : ConversationState.Started;
        }

        var spoke = sessions.FindAll(session => session.Spoke);
        return spoke.Count > 0 && spoke.TrueForAll(agent => HasWrappedUp(sessions, agent.ParticipantId))
            ? ConversationState.WrappedUp
            : ConversationState.Ended;

        bool IsOpen(string role) => sessions.Exists(session => session.Role == role && session.IsOpen);
    }

    private static bool HasWrappedUp(List<Session> sessions, string participantId) =>
        sessions.Exists(session => session.WrappedUp && session.ParticipantId == participantId);

    private static ConversationOutcome OutcomeOf(bool isOver, List<Session> queues, List<Session> sessions)
    {
        if (sessions.Exists(session => session.Spoke) || queues.Exists(queue => queue.AcdOutcome == "ANSWERED"))
        {
            return ConversationOutcome.Answered;
        }

        if (!isOver)
        {
            return ConversationOutcome.Open;
        }

        return queues.MaxBy(queue => queue.LastAt) switch
        {
            { AcdOutcome: "ABANDON" } => ConversationOutcome.Abandoned,
            { AcdOutcome: "FLOW_OUT" } => ConversationOutcome.FlowedOut,
            null when sessions.Exists(session => session.Role == Session.Flow) => ConversationOutcome.SelfService,
            _ => ConversationOutcome.Unknown,
        };
    }

    private static List<string> MissingSteps(List<Session> sessions, PlatformAccount account)
    {
        var ofSessions = sessions.Select(session => session.MissingStep);
        var ofOthers = account
            .Participants.Where(told => !sessions.Exists(session => session.ParticipantId == told.Id))
            .Select(told => Session.FirstStepOf(told.Role));
        var ofWrapUps = account
            .Participants.Where(told => told.WrapUpCodes.Count > 0 && !HasWrappedUp(sessions, told.Id))
            .Select(_ => "wrapup");

        return
        [
            .. ofSessions
                .Concat(ofOthers)
                .Concat(ofWrapUps)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static List<ParticipantSummary> Participants(List<Session> sessions, PlatformAccount account)
    {
        var seen = sessions
            .GroupBy(session => session.ParticipantId, StringComparer.Ordinal)
            .Select(own => new ParticipantSummary(
                own.Key,
                own.First().Role,
                UserOf(own) ?? account.UserOf(own.Key),
                own.Count(),
                own.Min(session => session.FirstAt),
                own.Max(session => session.LastAt)
            ))
            .ToList();
        var unseen = account
            .Participants.Where(told => !seen.Exists(known => known.ParticipantId == told.Id))
            .Select(told => new ParticipantSummary(told.Id, told.Role, told.UserId, told.Sessions, null, null));

        return
        [
            .. seen.Concat(unseen)
                .OrderBy(participant => participant.FirstSeen ?? DateTimeOffset.MaxValue)
                .ThenBy(participant => participant.ParticipantId, StringComparer.Ordinal),
        ];
    }

    private static List<WrapUp> WrapUps(List<Session> sessions, PlatformAccount account)
    {
        var seen = sessions.SelectMany(session =>
            session.WrapUpCodes.Select(code => (session.ParticipantId, Code: code))
        );
        var told = account.Participants.SelectMany(participant =>
            participant.WrapUpCodes.Select(code => (ParticipantId: participant.Id, Code: code))
        );

        return
        [
            .. seen.Concat(told)
                .Distinct()
                .Select(wrapUp => new WrapUp(
                    wrapUp.ParticipantId,
                    UserOf(sessions.Where(session => session.ParticipantId == wrapUp.ParticipantId))
                        ?? account.UserOf(wrapUp.ParticipantId),
                    wrapUp.Code
                )),
        ];
    }

    private static QueueVisit Visit(Session session) =>
        new(session.QueueId, session.StartedAt, session.EndedAt, session.AcdOutcome, session.ConnectedMs);

    /// <summary>Only an agent's session is its user's; a queue's names the one who answered.</summary>
    private static string? UserOf(IEnumerable<Session> sessions) =>
        sessions.LastOrDefault(session => session is { Role: Session.Agent, UserId: not null })?.UserId;

    private static long? Sum(List<Session> sessions, string role, Func<Session, long?> value)
    {
        var values = sessions.Where(session => session.Role == role).Select(value).OfType<long>().ToList();
        return values.Count == 0 ? null : values.Sum();
    }
}
