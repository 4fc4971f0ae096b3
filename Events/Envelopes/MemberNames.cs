using System.Text.Json;
using Events.Identity;

namespace Events.Envelopes;

internal static class MemberNames
{
    /// <summary>Longer than any name we look for, each character escaped.</summary>
    private const int EscapedBytesMax = 256;

    /// <summary>As <see cref="Utf8JsonReader.ValueTextEquals(ReadOnlySpan{byte})"/>, which throws on a name with half a surrogate pair.</summary>
    public static bool IsNamed(this ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        var raw = json.ValueSpan;
        if (!json.ValueIsEscaped)
        {
            return raw.SequenceEqual(name);
        }

        Span<byte> unescaped = stackalloc byte[EscapedBytesMax];
        return raw.Length <= EscapedBytesMax
            && unescaped[..CanonicalJson.WriteString(raw, unescaped)].SequenceEqual(name);
    }
}
