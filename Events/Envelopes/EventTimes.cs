namespace Events.Envelopes;

/// <summary>When an event happened and when it was published.</summary>
internal readonly record struct EventTimes(DateTimeOffset Event, DateTimeOffset Published)
{
    /// <summary>Null if the body's eventTime is no time, or if nothing says when it was.</summary>
    public static EventTimes? Of(scoped in EnvelopeReader envelope, TopicRule rule)
    {
        var stated = envelope.Body.Last(TopicRule.EventTimeSlot);
        var published = Read(envelope.Detail.Timestamp, envelope) ?? Read(envelope.Time, envelope);
        var happened = stated.IsAbsent ? Latest(envelope, rule) ?? published : Read(stated, envelope);
        return happened is null ? null : new EventTimes(happened.Value, published ?? happened.Value);
    }

    private static DateTimeOffset? Latest(scoped in EnvelopeReader envelope, TopicRule rule)
    {
        DateTimeOffset? latest = null;
        foreach (var slot in rule.TimeSlots)
        {
            for (var at = 0; envelope.Body.TryNext(slot, ref at, out var value); )
            {
                var instant = Read(value, envelope);
                latest = latest > instant ? latest : instant ?? latest;
            }
        }

        return latest;
    }

    private static DateTimeOffset? Read(Scalar value, scoped in EnvelopeReader envelope) =>
        EventInstant.TryRead(value, envelope.Bytes, out var instant) ? instant : null;
}
