using System.Collections.Immutable;

namespace GenesysMock.Traffic;

/// <summary>
/// <c>v2.detail.events.conversation.{id}.attributes</c>: the one detail event without a session. A PATCH of a participant's
/// attributes makes the same event as a flow that sets them.
/// </summary>
internal static class AttributeEvents
{
    public static Happening Of(
        Conversation conversation,
        Party party,
        AttributeChange change,
        TimeSpan lag,
        string correlationId,
        string? organizationId
    ) =>
        new(
            change.At,
            change.At + lag,
            "v2.detail.events.conversation.{id}.attributes",
            $"v2.detail.events.conversation.{conversation.Id}.attributes",
            JsonText.Object(json =>
            {
                json.WriteNumber("eventTime", change.At.ToUnixTimeMilliseconds());
                if (organizationId is not null)
                {
                    json.WriteString("organizationId", organizationId);
                }

                json.WriteString("conversationId", conversation.Id);
                json.WriteString("participantId", party.ParticipantId);
                json.WriteStartObject("attributes");
                foreach (var (name, value) in change.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
                json.WriteContacts(conversation);
                json.WriteStartArray("communications");
                json.WriteStartObject();
                json.WriteString("id", party.SessionId);
                json.WriteString("mediaType", conversation.Media.Code);
                json.WriteEndObject();
                json.WriteEndArray();
            }),
            correlationId
        );

    /// <summary>What a flow sets on a customer, and now and then far more than anybody expects.</summary>
    public static ImmutableDictionary<string, string> Values(Chance chance, double large, int largeBytesMax)
    {
        var values = ImmutableDictionary<string, string>
            .Empty.Add("CallerType", chance.Pick(["Member", "Guest", "Partner"]))
            .Add("AuthenticationInd", chance.Happens(0.8) ? "Y" : "N")
            .Add("language", chance.Pick(["en-US", "de-DE", "es-ES"]));
        if (!chance.Happens(large))
        {
            return values;
        }

        var transcript = string.Join(' ', Enumerable.Range(0, largeBytesMax / 48).Select(_ => chance.Id()));
        var kept = chance.Between(Math.Min(8_000, transcript.Length), transcript.Length);
        return values.Add("botTranscript", transcript[..kept]);
    }
}
