namespace Events.Envelopes;

/// <summary>The id of what an event is about, or why it has none.</summary>
internal static class SubjectId
{
    public static (string? Id, Decoded.Poison? Poison) Of(scoped in EnvelopeReader envelope, Topic topic)
    {
        if (topic.Rule.Subject is { } member)
        {
            return Text(envelope.Body.Last(topic.Rule.SubjectSlot), envelope, $"detail.eventBody.{member}");
        }

        return topic.SubjectIds.Count == 0 ? (topic.Name, null) : FromTopicName(envelope, topic);
    }

    private static (string?, Decoded.Poison?) FromTopicName(scoped in EnvelopeReader envelope, Topic topic)
    {
        var (name, poison) = Text(envelope.Detail.TopicName, envelope, "detail.topicName");
        if (name is null)
        {
            return (null, poison);
        }

        var ids = new string[topic.SubjectIds.Count];
        for (var at = 0; at < ids.Length; at++)
        {
            if (!TopicName.TryGetId(topic.Name, name, topic.SubjectIds[at], out var id))
            {
                return (
                    null,
                    new Decoded.Poison(PoisonReason.InvalidMember, "detail.topicName does not fit the detail-type")
                );
            }

            ids[at] = id.ToString();
        }

        return (string.Join(':', ids), null);
    }

    private static (string?, Decoded.Poison?) Text(Scalar value, scoped in EnvelopeReader envelope, string member)
    {
        if (value.IsAbsent)
        {
            return (null, new Decoded.Poison(PoisonReason.MissingMember, $"{member} is missing"));
        }

        return value.Text(envelope.Bytes) is { } text
            ? (text, null)
            : (null, new Decoded.Poison(PoisonReason.InvalidMember, $"{member} is {value.Kind.InWords()}"));
    }
}
