using GenesysMock.Traffic;

namespace GenesysMock.Answers;

/// <summary>
/// A conversation as analytics tell it: participants, sessions, segments and metrics, without attributes, in lower case,
/// and some time behind what has happened.
/// </summary>
internal static class DetailsAnswer
{
    public static object Of(AnalyticsView view)
    {
        var conversation = view.Conversation;
        return new
        {
            ConversationId = conversation.Id,
            ConversationStart = JsonText.Iso(conversation.Start),
            ConversationEnd = view.IsPast(conversation.End) ? JsonText.Iso(view.End) : null,
            ConversationInitiator = conversation.Outbound ? "agent" : "customer",
            OriginatingDirection = Spelling.Direction(conversation),
            DivisionIds = new[] { conversation.DivisionId },
            Participants = conversation
                .Participants.Where(participant => view.IsPast(participant.StartsAt))
                .Select(participant => ParticipantOf(view, participant)),
        };
    }

    private static object ParticipantOf(AnalyticsView view, Participant participant) =>
        new
        {
            participant.Party.ParticipantId,
            ParticipantName = participant.Name,
            UserId = participant.Purpose is Purpose.Agent ? participant.User?.Id : null,
            Purpose = Spelling.Of(participant.Purpose),
            ExternalContactId = participant.Purpose is Purpose.Customer ? view.Conversation.ExternalContactId : null,
            Sessions = new[] { SessionOf(view, participant) },
        };

    private static object SessionOf(AnalyticsView view, Participant participant)
    {
        var conversation = view.Conversation;
        var isVoice = conversation.Media == MediaType.Voice;
        var isCustomer = participant.Purpose is Purpose.Customer;
        return new
        {
            MediaType = conversation.Media.LowerCode,
            participant.Party.SessionId,
            PeerId = isCustomer ? null : conversation.Participants[0].Party.SessionId,
            Direction = Spelling.Direction(conversation),
            Ani = isVoice ? conversation.CustomerAddress : null,
            Dnis = isVoice ? conversation.OurAddress : null,
            AddressFrom = isVoice ? null : conversation.CustomerAddress,
            AddressTo = isVoice ? null : conversation.OurAddress,
            conversation.Media.Provider,
            RequestedRoutings = participant.Queue is null ? null : new[] { "Standard" },
            UsedRouting = participant.User is null ? null : "Standard",
            SelectedAgentId = participant.User?.Id,
            Segments = DetailsSegments.Of(view, participant),
            Metrics = DetailsMetrics.Of(view, participant),
            Flow = participant.Flow is { } flow ? FlowOf(view, participant, flow) : null,
        };
    }

    private static object FlowOf(AnalyticsView view, Participant participant, Flow flow)
    {
        var ended = view.IsPast(participant.EndsAt);
        var transferred = participant.DisconnectType is "TRANSFER";
        return new
        {
            FlowId = flow.Id,
            FlowName = flow.Name,
            FlowVersion = "7.0",
            view.Conversation.Media.FlowType,
            ExitReason = ended ? (transferred ? "TRANSFER" : "DISCONNECT") : null,
            TransferType = ended && transferred ? "ACD" : null,
            EntryType = "dnis",
            StartingLanguage = "en-us",
        };
    }
}
