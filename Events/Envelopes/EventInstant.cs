using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Events.Envelopes;

/// <summary>
/// Reads the spellings Genesys uses for a moment: a long of milliseconds, ISO 8601 text (UTC unless it says otherwise), and
/// an ISO interval, which happened when it ended.
/// </summary>
internal static class EventInstant
{
    /// <summary>What 14 digits can say, so that a sort key's text order is time order: up to the year 5138.</summary>
    private const long MillisecondsMax = 99_999_999_999_999;
    private const int TextBytesMax = 80;

    public static bool TryRead(Scalar scalar, ReadOnlySpan<byte> envelope, out DateTimeOffset instant)
    {
        instant = default;
        if (!TryReadMilliseconds(scalar, envelope, out var milliseconds) || milliseconds is < 0 or > MillisecondsMax)
        {
            return false;
        }

        instant = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }

    private static bool TryReadMilliseconds(Scalar scalar, ReadOnlySpan<byte> envelope, out long milliseconds)
    {
        milliseconds = 0;
        var raw = scalar.IsAbsent ? default : scalar.Raw(envelope);
        switch (scalar.Kind)
        {
            case JsonTokenType.Number:
                return Utf8Parser.TryParse(raw, out milliseconds, out var used) && used == raw.Length;
            case JsonTokenType.String when raw.Length <= TextBytesMax:
                return TryReadIso(raw, out milliseconds);
            default:
                return false;
        }
    }

    private static bool TryReadIso(ReadOnlySpan<byte> text, out long milliseconds)
    {
        Span<char> characters = stackalloc char[TextBytesMax];
        var length = Encoding.UTF8.GetChars(text, characters);
        var end = characters[..length];
        var read = DateTimeOffset.TryParseExact(
            end[(end.LastIndexOf('/') + 1)..],
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var instant
        );
        milliseconds = instant.ToUnixTimeMilliseconds();
        return read;
    }
}
