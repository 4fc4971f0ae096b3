namespace GenesysMock.Traffic;

/// <summary>An event of a conversation nobody else speaks of: what poison is made from.</summary>
internal sealed class StrayEvent(Organization organization, Chance chance)
{
    public Happening Of(DateTimeOffset at, bool withId)
    {
        var conversationId = chance.Id();
        return new Happening(
            at,
            at + chance.PublishLag(),
            "v2.detail.events.conversation.{id}.user.start",
            $"v2.detail.events.conversation.{conversationId}.user.start",
            JsonText.Object(json =>
            {
                json.WriteNumber("eventTime", at.ToUnixTimeMilliseconds());
                if (withId)
                {
                    json.WriteString("conversationId", conversationId);
                }

                json.WriteString("participantId", chance.Id());
                json.WriteString("sessionId", chance.Id());
                json.WriteString("mediaType", "VOICE");
                json.WriteString("provider", "Edge");
                json.WriteString("direction", "INBOUND");
                json.WriteString("userId", chance.Pick(organization.Users).Id);
                json.WriteString("divisionId", organization.DivisionId);
            }),
            chance.Id()
        );
    }
}
