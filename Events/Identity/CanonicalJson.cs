using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Events.Identity;

/// <summary>
/// The one spelling of a JSON text that hashes are taken of: no insignificant white space, and in strings only what must
/// be escaped is, in the shortest way. Names, their order and the text of numbers stay as they are (1.0 is not 1).
/// The canonical text is never longer than the text it is made from.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>Writes the canonical form of <paramref name="json"/>, which must be valid; returns its length.</summary>
    public static int Write(ReadOnlySpan<byte> json, Span<byte> destination)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = EventDecoder.DepthMax });
        var written = 0;
        var previous = JsonTokenType.None;
        while (reader.Read())
        {
            if (SeparatedByComma(previous, reader.TokenType))
            {
                destination[written++] = (byte)',';
            }

            written += WriteToken(ref reader, destination[written..]);
            previous = reader.TokenType;
        }

        return written;
    }

    /// <summary>Whether a comma stands between two neighbouring tokens.</summary>
    public static bool SeparatedByComma(JsonTokenType previous, JsonTokenType next) =>
        previous
            is not (
                JsonTokenType.None
                or JsonTokenType.StartObject
                or JsonTokenType.StartArray
                or JsonTokenType.PropertyName
            )
        && next is not (JsonTokenType.EndObject or JsonTokenType.EndArray);

    /// <summary>Writes the inside of a JSON string, given without its quotes; returns the length.</summary>
    public static int WriteString(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var backslash = value.IndexOf((byte)'\\');
            if (backslash < 0)
            {
                value.CopyTo(destination[written..]);
                return written + value.Length;
            }

            value[..backslash].CopyTo(destination[written..]);
            written += backslash;
            value = value[(backslash + 1)..];
            written += WriteEscape(ref value, destination[written..]);
        }
    }

    private static int WriteToken(ref Utf8JsonReader reader, Span<byte> destination)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                destination[0] = (byte)'{';
                return 1;
            case JsonTokenType.EndObject:
                destination[0] = (byte)'}';
                return 1;
            case JsonTokenType.StartArray:
                destination[0] = (byte)'[';
                return 1;
            case JsonTokenType.EndArray:
                destination[0] = (byte)']';
                return 1;
            case JsonTokenType.String:
                return WriteQuoted(reader.ValueSpan, destination);
            case JsonTokenType.PropertyName:
                var length = WriteQuoted(reader.ValueSpan, destination);
                destination[length] = (byte)':';
                return length + 1;
            default:
                reader.ValueSpan.CopyTo(destination);
                return reader.ValueSpan.Length;
        }
    }

    private static int WriteQuoted(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        destination[0] = (byte)'"';
        var length = WriteString(value, destination[1..]);
        destination[length + 1] = (byte)'"';
        return length + 2;
    }

    /// <summary><paramref name="rest"/> begins behind the backslash; afterwards, behind the escape.</summary>
    private static int WriteEscape(ref ReadOnlySpan<byte> rest, Span<byte> destination)
    {
        var kind = rest[0];
        if (kind != (byte)'u')
        {
            rest = rest[1..];
            return WriteCodeUnit(UnitOf(kind), destination);
        }

        var unit = HexUnit(rest[1..]);
        rest = rest[5..];
        if (
            char.IsHighSurrogate(unit)
            && rest.StartsWith("\\u"u8)
            && HexUnit(rest[2..]) is var low
            && char.IsLowSurrogate(low)
        )
        {
            rest = rest[6..];
            return new Rune(unit, low).EncodeToUtf8(destination);
        }

        return WriteCodeUnit(unit, destination);
    }

    private static int WriteCodeUnit(char unit, Span<byte> destination)
    {
        var shortEscape = unit switch
        {
            '"' => (byte)'"',
            '\\' => (byte)'\\',
            '\b' => (byte)'b',
            '\f' => (byte)'f',
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            _ => (byte)0,
        };
        if (shortEscape != 0)
        {
            destination[0] = (byte)'\\';
            destination[1] = shortEscape;
            return 2;
        }

        if (unit < ' ' || char.IsSurrogate(unit))
        {
            // Half of a surrogate pair has no UTF-8 form; it stays an escape, in lower case.
            "\\u"u8.CopyTo(destination);
            ((int)unit).TryFormat(destination[2..], out _, "x4", CultureInfo.InvariantCulture);
            return 6;
        }

        return new Rune(unit).EncodeToUtf8(destination);
    }

    private static char UnitOf(byte escape) =>
        escape switch
        {
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => (char)escape,
        };

    private static char HexUnit(ReadOnlySpan<byte> digits)
    {
        // Four hexadecimal digits: the JSON reader has seen to that.
        _ = Utf8Parser.TryParse(digits[..4], out ushort unit, out _, 'x');
        return (char)unit;
    }
}
