using Events.Patterns.Language;

namespace Events.Patterns.Matching;

/// <summary>The conditions of one pattern or of several, numbered by path, as a tree of names and as sets of bits.</summary>
internal sealed class MatchProgram
{
    // Room for the scopes of an everyday pattern in an event with a few arrays inside each other.
    private const int WordsOnStack = 64;

    private MatchProgram(
        IReadOnlyList<IndexedCondition> conditions,
        ulong[] mayBeAbsent,
        MatchAlternative[] alternatives
    )
    {
        Root = PatternNode.Build(conditions, alternatives);
        MayBeAbsent = mayBeAbsent;
        Alternatives = alternatives;
    }

    internal PatternNode Root { get; }

    internal ulong[] MayBeAbsent { get; }

    internal MatchAlternative[] Alternatives { get; }

    internal int WordCount => MayBeAbsent.Length;

    internal static MatchProgram Compile(IReadOnlyList<IReadOnlyList<Alternative>> patterns)
    {
        var conditions = patterns
            .SelectMany(alternatives => alternatives)
            .SelectMany(alternative => alternative.Conditions)
            .Distinct<Condition>(ReferenceEqualityComparer.Instance)
            .Order(
                Comparer<Condition>.Create((left, right) => left.Utf8Path.AsSpan().SequenceCompareTo(right.Utf8Path))
            )
            .ToArray();
        var indexOf = new Dictionary<Condition, int>(ReferenceEqualityComparer.Instance);
        var mayBeAbsent = new ulong[BitSet.WordsFor(conditions.Length)];
        foreach (var (index, condition) in conditions.Index())
        {
            indexOf.Add(condition, index);
            if (condition.MayBeAbsent)
            {
                BitSet.Add(mayBeAbsent, index);
            }
        }

        var matchAlternatives = patterns.SelectMany(
            (alternatives, pattern) =>
                alternatives.Select(alternative => new MatchAlternative(
                    pattern,
                    Bits(alternative.Conditions.Select(condition => indexOf[condition]), mayBeAbsent.Length)
                ))
        );
        return new MatchProgram(
            [.. conditions.Select((condition, index) => new IndexedCondition(condition, index))],
            mayBeAbsent,
            [.. matchAlternatives]
        );
    }

    /// <summary>False when the event is invalid; then nothing matches.</summary>
    internal bool TryMatch(ReadOnlySpan<byte> utf8Event, Span<bool> matched)
    {
        matched.Clear();
        var walk = new EventWalk(this, utf8Event, stackalloc ulong[WordsOnStack]);
        try
        {
            return walk.TryMatch(matched);
        }
        finally
        {
            walk.Dispose();
        }
    }

    private static ulong[] Bits(IEnumerable<int> indexes, int wordCount)
    {
        var bits = new ulong[wordCount];
        foreach (var index in indexes)
        {
            BitSet.Add(bits, index);
        }

        return bits;
    }
}
