using System.Runtime.CompilerServices;
using System.Text.Json;
using Events.Identity;

namespace Events.Envelopes;

/// <summary>Walks an event body once: takes what the topic's rule asks for, and sees whether the text is canonical already.</summary>
internal ref struct BodyReader
{
    /// <summary>The paths a rule may ask for.</summary>
    public const int SlotsMax = 12;

    /// <summary>
    /// Of a path below an array, the first few values and the last one tell events apart; the rest still counts in the
    /// body's hash. A transcription has one transcript in practice.
    /// </summary>
    private const int ValuesMax = 4;

    private FoundValues _values;
    private FoundCounts _counts;
    private JsonTokenType _previous;
    private long _previousEnd;
    private bool _hasWhiteSpace;

    public ReadOnlySpan<byte> Bytes { get; private set; }

    public int Start { get; private set; }

    /// <summary>No white space between the tokens. Without a backslash too, the text is its own canonical form.</summary>
    public readonly bool IsCompact => !_hasWhiteSpace;

    /// <summary>Reads the object the reader stands on to its end.</summary>
    public void Read(ref Utf8JsonReader json, ReadOnlySpan<byte> envelope, TopicRule rule)
    {
        Start = (int)json.TokenStartIndex;
        _previous = json.TokenType;
        _previousEnd = json.BytesConsumed;
        ReadValue(ref json, rule.Tree);
        Bytes = envelope[Start..(int)json.BytesConsumed];
    }

    /// <summary>The last value found for a slot: of two members with one name the last one counts, as everywhere in JSON.</summary>
    public readonly Scalar Last(int slot) =>
        slot < 0 || _counts[slot] == 0 ? default : _values[IndexOf(slot, _counts[slot] - 1)];

    /// <summary>The next value found for a slot, in the order of the text and leaving out nulls; false behind the last one.</summary>
    public readonly bool TryNext(int slot, ref int at, out Scalar value)
    {
        while (at < _counts[slot])
        {
            value = _values[IndexOf(slot, at++)];
            if (!value.IsAbsent)
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    private static int IndexOf(int slot, int at) => (slot * ValuesMax) + at;

    private void Keep(int slot, Scalar value)
    {
        _counts[slot] = (byte)Math.Min(_counts[slot] + 1, ValuesMax);
        _values[IndexOf(slot, _counts[slot] - 1)] = value;
    }

    /// <summary>Where a scalar is asked for and there is none, its bracket is found, which is no text and no time.</summary>
    private void ReadValue(ref Utf8JsonReader json, MemberTree? wanted)
    {
        if (wanted is { Slot: >= 0 })
        {
            Keep(wanted.Slot, Scalar.At(ref json));
        }

        switch (json.TokenType)
        {
            case JsonTokenType.StartObject when wanted is { HasChildren: true }:
                ReadObject(ref json, wanted);
                break;
            case JsonTokenType.StartArray when wanted is { HasChildren: true }:
                ReadArray(ref json, wanted);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Skip(ref json);
                break;
            default:
                break;
        }
    }

    private void ReadObject(ref Utf8JsonReader json, MemberTree wanted)
    {
        while (Next(ref json) && json.TokenType != JsonTokenType.EndObject)
        {
            var member = wanted.Find(ref json);
            Next(ref json);
            ReadValue(ref json, member);
        }
    }

    private void ReadArray(ref Utf8JsonReader json, MemberTree wanted)
    {
        while (Next(ref json) && json.TokenType != JsonTokenType.EndArray)
        {
            ReadValue(ref json, wanted);
        }
    }

    private void Skip(ref Utf8JsonReader json)
    {
        var depth = json.CurrentDepth;
        while (Next(ref json) && json.CurrentDepth > depth) { }
    }

    private bool Next(ref Utf8JsonReader json)
    {
        if (!json.Read())
        {
            return false;
        }

        var gap = json.TokenStartIndex - _previousEnd;
        var comma = CanonicalJson.SeparatedByComma(_previous, json.TokenType) ? 1 : 0;
        // Behind a name the reader has consumed the colon as well, and any white space in front of it.
        var nameEnd = json.TokenStartIndex + json.ValueSpan.Length + "\"\":".Length;
        _hasWhiteSpace |=
            gap != comma || (json.TokenType == JsonTokenType.PropertyName && json.BytesConsumed != nameEnd);
        _previous = json.TokenType;
        _previousEnd = json.BytesConsumed;
        return true;
    }

    [InlineArray(SlotsMax * ValuesMax)]
    private struct FoundValues
    {
        private Scalar _first;
    }

    [InlineArray(SlotsMax)]
    private struct FoundCounts
    {
        private byte _first;
    }
}
