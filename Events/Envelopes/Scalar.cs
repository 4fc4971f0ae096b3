using System.Text;
using System.Text.Json;
using Events.Identity;

namespace Events.Envelopes;

/// <summary>Where a string, number or literal stands in the bytes being decoded: a view, so that looking costs nothing.</summary>
internal readonly record struct Scalar(JsonTokenType Kind, int Start, int Length, bool IsEscaped)
{
    /// <summary>An identifier must fit a partition key (2 KiB) with room to spare.</summary>
    public const int TextBytesMax = 512;

    public static Scalar At(ref Utf8JsonReader json)
    {
        var quote = json.TokenType == JsonTokenType.String ? 1 : 0;
        return new Scalar(
            json.TokenType,
            (int)json.TokenStartIndex + quote,
            json.ValueSpan.Length,
            json.ValueIsEscaped
        );
    }

    /// <summary>Genesys leaves out members that are null, so a null is a member left out.</summary>
    public bool IsAbsent => Kind is JsonTokenType.None or JsonTokenType.Null;

    public bool IsString => Kind == JsonTokenType.String;

    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> envelope) => envelope.Slice(Start, Length);

    /// <summary>The string's text in UTF-8; false if it is no string, is empty, too long, or holds a control character, quote, backslash or half a pair.</summary>
    public bool TryCopyText(ReadOnlySpan<byte> envelope, Span<byte> destination, out int length)
    {
        length = 0;
        if (!IsString || Length == 0 || Length > TextBytesMax)
        {
            return false;
        }

        length = CanonicalJson.WriteString(Raw(envelope), destination);
        return !destination[..length].Contains((byte)'\\');
    }

    public string? Text(ReadOnlySpan<byte> envelope)
    {
        Span<byte> utf8 = stackalloc byte[TextBytesMax];
        return TryCopyText(envelope, utf8, out var length) ? Encoding.UTF8.GetString(utf8[..length]) : null;
    }

    public bool IsText(ReadOnlySpan<byte> envelope) => TryCopyText(envelope, stackalloc byte[TextBytesMax], out _);
}
