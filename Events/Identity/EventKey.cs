using System.Buffers;
using Events.Envelopes;

namespace Events.Identity;

/// <summary>Makes the event key of an envelope that has been read: two hashes of 16 characters.</summary>
internal static class EventKey
{
    public static string Of(scoped in EnvelopeReader envelope, Topic topic, string subject, DateTimeOffset eventTime)
    {
        Span<char> key = stackalloc char[(2 * KeyHash.Length) + 1];

        var text = ArrayPool<byte>.Shared.Rent(NaturalKey.LengthMax(envelope));
        var length = NaturalKey.Write(envelope, topic, subject, eventTime, text);
        KeyHash.Write(text.AsSpan(0, length), key[..KeyHash.Length]);
        Return(text, length);

        key[KeyHash.Length] = '-';
        HashBody(envelope.Body, key[(KeyHash.Length + 1)..]);
        return new string(key);
    }

    private static void HashBody(scoped in BodyReader body, scoped Span<char> destination)
    {
        if (body.IsCompact && !body.Bytes.Contains((byte)'\\'))
        {
            KeyHash.Write(body.Bytes, destination);
            return;
        }

        var canonical = ArrayPool<byte>.Shared.Rent(body.Bytes.Length);
        var length = CanonicalJson.Write(body.Bytes, canonical);
        KeyHash.Write(canonical.AsSpan(0, length), destination);
        Return(canonical, length);
    }

    /// <summary>Cleared, for it held what callers said and who they are.</summary>
    private static void Return(byte[] buffer, int length)
    {
        buffer.AsSpan(0, length).Clear();
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
