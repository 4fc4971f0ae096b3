namespace Events.Patterns.Matching;

/// <summary>How a scope lies in memory: two sets, a set for each alternative, and two numbers for each alternative.</summary>
internal readonly struct ScopeLayout(int wordCount, int alternativeCount)
{
    internal int Size { get; } = (wordCount * (2 + alternativeCount)) + (2 * alternativeCount);

    internal ScopeView View(Span<ulong> words) => new(words, wordCount, alternativeCount);
}

internal readonly ref struct ScopeView(Span<ulong> words, int wordCount, int alternativeCount)
{
    private readonly Span<ulong> _words = words;

    /// <summary>Conditions that a leaf of this scope meets.</summary>
    internal Span<ulong> Met => _words[..wordCount];

    /// <summary>Conditions whose path has a leaf, in this scope or in an element within it.</summary>
    internal Span<ulong> Present => _words.Slice(wordCount, wordCount);

    /// <summary>For each alternative, the first condition met in an element of an array of this scope, by precedence.</summary>
    internal Span<ulong> First => _words.Slice(wordCount * (2 + alternativeCount), alternativeCount);

    /// <summary>For each alternative, the same of the best element of the array being read.</summary>
    internal Span<ulong> BestElement =>
        _words.Slice((wordCount * (2 + alternativeCount)) + alternativeCount, alternativeCount);

    /// <summary>Conditions of an alternative that an array of this scope has settled.</summary>
    internal Span<ulong> Settled(int alternative) => _words.Slice(wordCount * (2 + alternative), wordCount);

    /// <summary>All zero again, of a scope that only these alternatives have settled anything in.</summary>
    internal void Clear(ReadOnlySpan<int> alternatives)
    {
        Met.Clear();
        Present.Clear();
        foreach (var index in alternatives)
        {
            First[index] = Precedence.None;
            Settled(index).Clear();
        }
    }
}
