using GenesysMock.Conversations;
using GenesysMock.Traffic;

namespace GenesysMock.Answers;

/// <summary><c>GET /api/v2/conversations/{id}</c>: the conversation as it stands, with its participants' attributes.</summary>
internal sealed class ConversationAnswer(KnownConversation known, DateTimeOffset now)
{
    private readonly Conversation _conversation = known.Conversation;

    public object Build() =>
        new
        {
            _conversation.Id,
            StartTime = JsonText.Iso(_conversation.Start),
            EndTime = IfPast(_conversation.End),
            Address = _conversation.OurAddress,
            Participants = _conversation
                .Participants.Where(participant => participant.StartsAt <= now)
                .Select(ParticipantOf),
        };

    private object ParticipantOf(Participant participant)
    {
        var isCustomer = participant.Purpose is Purpose.Customer;
        var isAgent = participant.Purpose is Purpose.Agent;
        return new
        {
            Id = participant.Party.ParticipantId,
            StartTime = JsonText.Iso(participant.StartsAt),
            EndTime = IfPast(participant.EndsAt),
            ConnectedTime = IfPast(participant.AnsweredAt ?? participant.StartsAt),
            participant.Name,
            UserId = isAgent ? participant.User?.Id : null,
            UserUri = isAgent ? $"/api/v2/users/{participant.User?.Id}" : null,
            ExternalContactId = isCustomer ? _conversation.ExternalContactId : null,
            QueueId = participant.Queue?.Id,
            QueueName = participant.Queue?.Name,
            Purpose = Spelling.Of(participant.Purpose),
            ParticipantType = isCustomer ? "External" : "Internal",
            Address = isCustomer ? _conversation.CustomerAddress : null,
            Ani = isCustomer ? _conversation.CustomerAddress : null,
            Dnis = isCustomer ? _conversation.OurAddress : null,
            WrapupRequired = isAgent,
            Wrapup = WrapUpOf(participant),
            Attributes = known.AttributesOf(participant, now),
            Calls = SessionsOf(participant, MediaType.Voice),
            Messages = SessionsOf(participant, MediaType.Message),
            Chats = SessionsOf(participant, MediaType.Chat),
            Emails = SessionsOf(participant, MediaType.Email),
        };
    }

    private object? WrapUpOf(Participant participant) =>
        participant.WrapUp is { } wrapUp && wrapUp.EndsAt <= now
            ? new
            {
                Code = wrapUp.Code.Id,
                wrapUp.Code.Name,
                wrapUp.Notes,
                DurationSeconds = (int)wrapUp.Duration.TotalSeconds,
                EndTime = JsonText.Iso(wrapUp.EndsAt),
            }
            : null;

    private object[] SessionsOf(Participant participant, MediaType media) =>
        _conversation.Media == media ? [SessionOf(participant)] : [];

    private object SessionOf(Participant participant)
    {
        var ended = participant.EndsAt <= now;
        return new
        {
            State = ended ? "disconnected" : "connected",
            Id = participant.Party.SessionId,
            Direction = Spelling.Direction(_conversation),
            Recording = false,
            Muted = false,
            Held = false,
            ConnectedTime = IfPast(participant.AnsweredAt ?? participant.StartsAt),
            DisconnectType = ended ? Spelling.OfDisconnect(participant.DisconnectType) : null,
            DisconnectedTime = IfPast(participant.EndsAt),
            Segments = Array.Empty<object>(),
            _conversation.Media.Provider,
            PeerId = participant.Purpose is Purpose.Customer ? null : _conversation.Participants[0].Party.SessionId,
            AfterCallWorkRequired = participant.Purpose is Purpose.Agent,
        };
    }

    private string? IfPast(DateTimeOffset time) => time <= now ? JsonText.Iso(time) : null;
}
