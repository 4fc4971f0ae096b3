using System.Buffers.Text;
using System.Text;
using Events.Envelopes;

namespace Events.Identity;

/// <summary>
/// What makes an event this event and no other, as text: topic, subject and time in milliseconds, then <c>name=value</c>
/// for each member that tells events of the topic apart, joined by <c>|</c>. Values are canonical JSON, so that no value
/// can pass for two.
/// </summary>
internal static class NaturalKey
{
    /// <summary>The subject, the time, and the names of the members; all else is a part of the envelope.</summary>
    private const int BesideEnvelopeBytesMax = 4096;

    public static int LengthMax(scoped in EnvelopeReader envelope) => envelope.Bytes.Length + BesideEnvelopeBytesMax;

    public static int Write(
        scoped in EnvelopeReader envelope,
        Topic topic,
        string subject,
        DateTimeOffset eventTime,
        Span<byte> destination
    )
    {
        var text = new KeyText(destination);
        text.Append(topic.Name);
        text.Append('|');
        text.Append(subject);
        text.Append('|');
        text.Append(eventTime.ToUnixTimeMilliseconds());
        if (topic.HasIdsBesideSubject)
        {
            text.Append("|topicName=");
            text.Append(envelope.Detail.TopicName, envelope.Bytes);
        }

        foreach (var slot in topic.Rule.ApartSlots)
        {
            for (var at = 0; envelope.Body.TryNext(slot, ref at, out var value); )
            {
                text.Append('|');
                text.Append(topic.Rule.Paths[slot]);
                text.Append('=');
                text.Append(value, envelope.Bytes);
            }
        }

        return text.Length;
    }

    private ref struct KeyText(Span<byte> destination)
    {
        private readonly Span<byte> _destination = destination;

        public int Length { get; private set; }

        private readonly Span<byte> Rest => _destination[Length..];

        public void Append(char ascii) => _destination[Length++] = (byte)ascii;

        public void Append(ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, Rest);

        public void Append(long number)
        {
            Utf8Formatter.TryFormat(number, Rest, out var written);
            Length += written;
        }

        public void Append(Scalar value, ReadOnlySpan<byte> envelope)
        {
            if (value.IsString)
            {
                Append('"');
                Length += CanonicalJson.WriteString(value.Raw(envelope), Rest);
                Append('"');
            }
            else if (!value.IsAbsent)
            {
                value.Raw(envelope).CopyTo(Rest);
                Length += value.Length;
            }
        }
    }
}
