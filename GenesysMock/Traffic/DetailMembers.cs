using System.Text.Json;

namespace GenesysMock.Traffic;

/// <summary>The members that several detail events share.</summary>
internal static class DetailMembers
{
    public static void WriteCommon(
        this Utf8JsonWriter json,
        Conversation conversation,
        Party party,
        DateTimeOffset at,
        string? disconnectType
    )
    {
        json.WriteNumber("eventTime", at.ToUnixTimeMilliseconds());
        json.WriteString("conversationId", conversation.Id);
        json.WriteString("participantId", party.ParticipantId);
        json.WriteString("sessionId", party.SessionId);
        if (disconnectType is not null)
        {
            json.WriteString("disconnectType", disconnectType);
        }

        json.WriteString("mediaType", conversation.Media.Code);
        json.WriteString("provider", conversation.Media.Provider);
        json.WriteString("direction", conversation.Outbound ? "OUTBOUND" : "INBOUND");
        json.WriteAddresses(conversation);
    }

    public static void WriteContacts(this Utf8JsonWriter json, Conversation conversation) =>
        json.WriteStrings("conversationExternalContactIds", conversation.ExternalContactId);

    public static void WriteDivision(this Utf8JsonWriter json, Conversation conversation) =>
        json.WriteString("divisionId", conversation.DivisionId);

    public static void WriteDuration(this Utf8JsonWriter json, string name, TimeSpan duration) =>
        json.WriteNumber(name, (long)duration.TotalMilliseconds);

    public static void WriteFlow(this Utf8JsonWriter json, Conversation conversation, Flow flow)
    {
        json.WriteString("flowType", conversation.Media.FlowType);
        json.WriteString("flowId", flow.Id);
        json.WriteDivision(conversation);
        json.WriteString("flowVersion", "7.0");
    }

    public static void WriteMilestone(this Utf8JsonWriter json, string id, DateTimeOffset at)
    {
        json.WriteStartObject();
        json.WriteString("milestoneId", id);
        json.WriteNumber("milestoneTime", at.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    public static void WriteWrapUp(this Utf8JsonWriter json, Conversation conversation, WorkQueue queue, WrapUp wrapUp)
    {
        json.WriteString("queueId", queue.Id);
        json.WriteString("wrapupCode", wrapUp.Code.Id);
        json.WriteString("wrapupNotes", wrapUp.Notes);
        json.WriteDuration("wrapupDurationMs", wrapUp.Duration);
        json.WriteContacts(conversation);
    }

    /// <summary>A member that no published model has: readers must let it pass.</summary>
    public static void WriteUnknownMember(this Utf8JsonWriter json, int score)
    {
        json.WriteStartObject("routingInsights");
        json.WriteString("model", "next-best-agent");
        json.WriteNumber("score", score);
        json.WriteEndObject();
    }

    public static void WriteAddresses(this Utf8JsonWriter json, Conversation conversation)
    {
        if (conversation.Media == MediaType.Message)
        {
            json.WriteString("messageType", "WEBMESSAGING");
        }

        var isVoice = conversation.Media == MediaType.Voice;
        var (from, to) = conversation.Outbound
            ? (conversation.OurAddress, conversation.CustomerAddress)
            : (conversation.CustomerAddress, conversation.OurAddress);
        json.WriteString(isVoice ? "ani" : "addressFrom", from);
        json.WriteString(isVoice ? "dnis" : "addressTo", to);
    }
}
