using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Events.Envelopes;
using Events.Identity;

namespace Events;

/// <summary>Turns the bytes of a message into an event, or says why they are none. No input makes it throw.</summary>
public static class EventDecoder
{
    /// <summary>What SQS carries in one message.</summary>
    public const int EnvelopeBytesMax = 1024 * 1024;

    /// <summary>Far deeper than any body of Genesys; it bounds what hostile input can make us do.</summary>
    public const int DepthMax = 64;

    public static Decoded Decode(ReadOnlyMemory<byte> envelope)
    {
        var bytes = envelope.Span;
        if (bytes.Length > EnvelopeBytesMax)
        {
            return new Decoded.Poison(PoisonReason.TooLarge, $"{bytes.Length} bytes");
        }

        if (!Utf8.IsValid(bytes))
        {
            return new Decoded.Poison(PoisonReason.NotJson, "not UTF-8");
        }

        var reader = new EnvelopeReader(bytes);
        try
        {
            return reader.Read()
                ? EnvelopeCheck.Of(reader) ?? Assemble(envelope, reader, reader.Topic!)
                : new Decoded.Poison(PoisonReason.NotAnObject, "the envelope");
        }
        catch (JsonException)
        {
            // Its message quotes the input, so only the place is passed on.
            return new Decoded.Poison(
                reader.StoppedAtDepth ? PoisonReason.TooDeep : PoisonReason.NotJson,
                $"at byte {reader.Position}"
            );
        }
    }

    private static Decoded Assemble(ReadOnlyMemory<byte> bytes, scoped in EnvelopeReader envelope, Topic topic)
    {
        if (EventTimes.Of(envelope, topic.Rule) is not { } times)
        {
            return new Decoded.Poison(
                PoisonReason.InvalidTime,
                "detail.eventBody.eventTime, else detail.timestamp or time"
            );
        }

        var (subjectId, poison) = SubjectId.Of(envelope, topic);
        if (subjectId is null)
        {
            return poison!;
        }

        var subject = $"{topic.SubjectKind}:{subjectId}";
        var key = EventKey.Of(envelope, topic, subject, times.Event);
        return new Decoded.Event(
            new GenesysEvent
            {
                EnvelopeId = envelope.Id.Text(envelope.Bytes)!,
                DetailType = topic.Name,
                Topic = topic,
                Source = envelope.Source.Text(envelope.Bytes)!,
                Subject = subject,
                ConversationId =
                    topic.SubjectKind == TopicName.Conversation
                        ? subjectId
                        : envelope.Body.Last(topic.Rule.ConversationSlot).Text(envelope.Bytes),
                ParticipantId = envelope.Body.Last(topic.Rule.ParticipantSlot).Text(envelope.Bytes),
                EventTime = times.Event,
                PublishedAt = times.Published,
                EventBody = bytes.Slice(envelope.Body.Start, envelope.Body.Bytes.Length),
                EventKey = key,
                SortKey = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{times.Event.ToUnixTimeMilliseconds():D14}#{key}"
                ),
                ReplayName = envelope.ReplayName.Text(envelope.Bytes),
                CorrelationId = envelope.Detail.CorrelationId.Text(envelope.Bytes),
            }
        );
    }
}
