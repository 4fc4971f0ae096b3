using Events.Patterns.Matching;

namespace Events.Patterns;

/// <summary>Several patterns that read an event together, in one pass.</summary>
public sealed class PatternSet
{
    private readonly MatchProgram _program;

    public PatternSet(IReadOnlyList<EventPattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        Count = patterns.Count;
        _program = MatchProgram.Compile([.. patterns.Select(pattern => pattern.Alternatives)]);
    }

    public int Count { get; }

    /// <summary>Tells of each pattern, in the order they were given, whether it matches.</summary>
    /// <returns>False when the event is invalid; then nothing matches.</returns>
    public bool TryMatch(ReadOnlySpan<byte> utf8Event, Span<bool> matched)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(matched.Length, Count);
        return _program.TryMatch(utf8Event, matched);
    }
}
