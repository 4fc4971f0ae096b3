using System.Globalization;
using System.Text;

namespace Events.Patterns.Matching;

/// <summary>Takes the escapes out of a JSON string that a reader has already accepted.</summary>
internal static class JsonText
{
    /// <summary>
    /// Writes at most as many bytes as it reads. An unpaired surrogate, which no pattern can hold, becomes the three bytes
    /// that would encode it: still equal to nothing, and harmless.
    /// </summary>
    internal static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var backslash = escaped.IndexOf((byte)'\\');
            var plain = backslash < 0 ? escaped : escaped[..backslash];
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            if (backslash < 0)
            {
                return written;
            }

            var kind = escaped[backslash + 1];
            escaped = escaped[(backslash + 2)..];
            if (kind == (byte)'u')
            {
                written += WriteCodePoint(ReadCodePoint(ref escaped), destination[written..]);
            }
            else
            {
                destination[written++] = Single(kind);
            }
        }
    }

    private static byte Single(byte kind) =>
        kind switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => kind,
        };

    private static int ReadCodePoint(ref ReadOnlySpan<byte> escaped)
    {
        var first = ReadUnit(escaped);
        escaped = escaped[4..];
        if (!char.IsHighSurrogate(first) || !escaped.StartsWith("\\u"u8))
        {
            return first;
        }

        var second = ReadUnit(escaped[2..]);
        if (!char.IsLowSurrogate(second))
        {
            return first;
        }

        escaped = escaped[6..];
        return char.ConvertToUtf32(first, second);
    }

    private static char ReadUnit(ReadOnlySpan<byte> digits) =>
        (char)ushort.Parse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static int WriteCodePoint(int codePoint, Span<byte> destination)
    {
        if (Rune.TryCreate(codePoint, out var rune))
        {
            return rune.EncodeToUtf8(destination);
        }

        destination[0] = (byte)(0xE0 | (codePoint >> 12));
        destination[1] = (byte)(0x80 | ((codePoint >> 6) & 0x3F));
        destination[2] = (byte)(0x80 | (codePoint & 0x3F));
        return 3;
    }
}
