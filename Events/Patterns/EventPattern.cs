using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Events.Patterns.Language;
using Events.Patterns.Matching;

namespace Events.Patterns;

/// <summary>An EventBridge event pattern, compiled once; immutable and safe to share between threads.</summary>
public sealed class EventPattern
{
    private readonly MatchProgram _program;

    private EventPattern(IReadOnlyList<Alternative> alternatives)
    {
        Alternatives = alternatives;
        _program = MatchProgram.Compile([alternatives]);
    }

    internal IReadOnlyList<Alternative> Alternatives { get; }

    public static ParsedPattern Parse(string json, PatternLimits? limits = null)
    {
        limits ??= PatternLimits.Default;
        if (json?.Length > limits.CharactersMax)
        {
            return TooLong(limits);
        }

        var utf8 = new byte[Encoding.UTF8.GetMaxByteCount(json?.Length ?? 0)];
        return
            Utf8.FromUtf16(json, utf8, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done
            ? Parse(utf8.AsSpan(0, written), limits)
            : new ParsedPattern.Invalid("$", "Invalid JSON: an unpaired surrogate", null);
    }

    public static ParsedPattern Parse(ReadOnlySpan<byte> utf8Json, PatternLimits? limits = null)
    {
        limits ??= PatternLimits.Default;
        if (!Utf8.IsValid(utf8Json))
        {
            return new ParsedPattern.Invalid("$", "Invalid JSON: the text is not UTF-8", null);
        }

        if (Encoding.UTF8.GetCharCount(utf8Json) > limits.CharactersMax)
        {
            return TooLong(limits);
        }

        var reader = new PatternReader(utf8Json, limits);
        return reader.Read() is { } alternatives
            ? new ParsedPattern.Valid(new EventPattern(alternatives))
            : reader.Fault!;
    }

    /// <summary>Reads the event once and whole, so that an invalid one is never taken for a match.</summary>
    public PatternMatch Matches(ReadOnlySpan<byte> utf8Event)
    {
        var matched = false;
        if (!_program.TryMatch(utf8Event, new Span<bool>(ref matched)))
        {
            return PatternMatch.InvalidEvent;
        }

        return matched ? PatternMatch.Matched : PatternMatch.NotMatched;
    }

    private static ParsedPattern.Invalid TooLong(PatternLimits limits) =>
        new("$", $"Pattern is longer than {limits.CharactersMax} characters", null);
}
