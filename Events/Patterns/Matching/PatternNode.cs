namespace Events.Patterns.Matching;

/// <summary>A name on the way to a condition: what it leads to, and what is asked of the leaf here.</summary>
internal sealed class PatternNode
{
    private byte[][] _names = [];
    private PatternNode[] _children = [];

    private PatternNode(int wordCount)
    {
        Here = new ulong[wordCount];
        Below = new ulong[wordCount];
    }

    internal IndexedCondition[] Conditions { get; private set; } = [];

    /// <summary>The conditions of this very path.</summary>
    internal ulong[] Here { get; }

    /// <summary>The conditions of longer paths through here.</summary>
    internal ulong[] Below { get; }

    /// <summary>The alternatives that have one of these.</summary>
    internal int[] Alternatives { get; private set; } = [];

    internal bool IsLeaf => _children.Length == 0;

    /// <summary>A name with dots in it is as many steps as it has parts.</summary>
    internal PatternNode? Descend(ReadOnlySpan<byte> name)
    {
        var node = this;
        while (true)
        {
            var dot = name.IndexOf((byte)'.');
            node = node.Find(dot < 0 ? name : name[..dot]);
            if (node is null || dot < 0)
            {
                return node;
            }

            name = name[(dot + 1)..];
        }
    }

    private PatternNode? Find(ReadOnlySpan<byte> name)
    {
        for (var index = 0; index < _names.Length; index++)
        {
            if (name.SequenceEqual(_names[index]))
            {
                return _children[index];
            }
        }

        return null;
    }

    internal static PatternNode Build(
        IReadOnlyList<IndexedCondition> conditions,
        IReadOnlyList<MatchAlternative> alternatives
    )
    {
        var wordCount = BitSet.WordsFor(conditions.Count);
        var root = new PatternNode(wordCount);
        foreach (var group in conditions.GroupBy(condition => condition.Path, StringComparer.Ordinal))
        {
            var node = root;
            foreach (var name in group.Key.Split('.'))
            {
                AddAll(node.Below, group);
                node = node.Find(Utf8(name)) ?? node.Add(Utf8(name), new PatternNode(wordCount));
            }

            node.Conditions = [.. group];
            AddAll(node.Here, group);
        }

        root.Concern(alternatives);
        return root;
    }

    private void Concern(IReadOnlyList<MatchAlternative> alternatives)
    {
        Alternatives =
        [
            .. alternatives
                .Index()
                .Where(alternative => BitSet.Overlap(alternative.Item.Conditions, Below))
                .Select(alternative => alternative.Index),
        ];
        foreach (var child in _children)
        {
            child.Concern(alternatives);
        }
    }

    private PatternNode Add(byte[] name, PatternNode child)
    {
        _names = [.. _names, name];
        _children = [.. _children, child];
        return child;
    }

    private static void AddAll(Span<ulong> set, IEnumerable<IndexedCondition> conditions)
    {
        foreach (var condition in conditions)
        {
            BitSet.Add(set, condition.Index);
        }
    }

    private static byte[] Utf8(string name) => System.Text.Encoding.UTF8.GetBytes(name);
}
