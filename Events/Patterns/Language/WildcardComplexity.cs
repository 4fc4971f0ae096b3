using Events.Patterns.Operators;

namespace Events.Patterns.Language;

/// <summary>
/// The service refuses wildcards that a hostile value could keep too many of busy at once. Its measure: of all beginnings of
/// all wildcards of a field, the most that any one value fits. Ours would match them all the same, but what is refused in
/// production should be refused here.
/// </summary>
internal sealed class WildcardComplexity
{
    private const int Star = 256;
    private const int AnyOtherByte = 257;
    private const int End = 258;

    // Real rules need some dozens. One that gets this far is refused without knowing better.
    private const int StepsMax = 4096;

    private readonly int[][] _texts;

    // The number of each beginning, by wildcard and length: equal numbers are one beginning.
    private readonly int[][] _beginnings;

    private WildcardComplexity(IReadOnlyList<(string Rule, string Text)> wildcards)
    {
        // The service compares text with its quotes.
        _texts =
        [
            .. wildcards.Select(wildcard => $"\"{wildcard.Text}\"".Select(character => (int)character).ToArray()),
        ];
        _beginnings = Number([.. wildcards.Select(wildcard => wildcard.Rule)], _texts);
    }

    internal static bool Exceeds(int? limit, IReadOnlyList<ValueTest> tests)
    {
        var wildcards = tests.SelectMany(Wildcards).Distinct().ToArray();
        return wildcards.Length > 0 && limit is { } max && new WildcardComplexity(wildcards).Exceeds(max);
    }

    /// <summary>Goes through all sets of beginnings that some value fits, until one is too large.</summary>
    private bool Exceeds(int limit)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<Position[]>();
        var values = new HashSet<int>();
        var reached = new SortedSet<Position>();
        var beginnings = new HashSet<int>();
        pending.Push([.. _texts.Select((_, index) => new Position(index, 0))]);
        while (pending.TryPop(out var positions))
        {
            values.Clear();
            values.UnionWith(positions.Select(Next).Where(next => next < Star).Append(AnyOtherByte));
            foreach (var value in values)
            {
                reached.Clear();
                beginnings.Clear();
                foreach (var position in positions)
                {
                    Step(position, value, reached);
                }

                beginnings.UnionWith(reached.Select(position => _beginnings[position.Wildcard][position.Length - 1]));
                if (beginnings.Count > limit || seen.Count > StepsMax)
                {
                    return true;
                }

                if (reached.Count > 0 && seen.Add(string.Join(' ', reached)))
                {
                    pending.Push([.. reached]);
                }
            }
        }

        return false;
    }

    private void Step(Position position, int value, SortedSet<Position> reached)
    {
        var text = _texts[position.Wildcard];
        if (position.Length > 0 && text[position.Length - 1] == Star)
        {
            reached.Add(position);
        }

        if (Next(position) != value)
        {
            return;
        }

        var next = position with { Length = position.Length + 1 };
        reached.Add(next);
        if (Next(next) == Star)
        {
            reached.Add(next with { Length = next.Length + 1 });
        }
    }

    private int Next(Position position)
    {
        var text = _texts[position.Wildcard];
        return position.Length < text.Length ? text[position.Length] : End;
    }

    /// <summary>The wildcards of a test by the rule they belong to: those of one <c>anything-but</c> are one rule.</summary>
    private static IEnumerable<(string Rule, string Text)> Wildcards(ValueTest test, int index) =>
        test switch
        {
            Wildcard wildcard => [(TextOf(wildcard), TextOf(wildcard))],
            AnythingBut not => not.Excluded.OfType<Wildcard>().Select(wildcard => ($"{index}", TextOf(wildcard))),
            _ => [],
        };

    private static string TextOf(Wildcard wildcard) =>
        string.Join((char)Star, wildcard.Parts.Select(part => string.Concat(part.Select(value => (char)value))));

    /// <summary>
    /// Up to its first star, equal text of one rule is one beginning. A beginning is known by the one before it and its last
    /// character, never by its text: that of a pattern's 4,096 characters would be 80 MB.
    /// </summary>
    private static int[][] Number(string[] rules, int[][] texts)
    {
        var none = rules.Distinct(StringComparer.Ordinal).Index().ToDictionary(rule => rule.Item, rule => rule.Index);
        var shared = new Dictionary<(int Before, int Last), int>();
        var count = none.Count;
        var numbers = texts.Select(text => new int[text.Length]).ToArray();
        foreach (var (index, text) in texts.Index())
        {
            var before = none[rules[index]];
            var afterStar = false;
            foreach (var (position, last) in text.Index())
            {
                if (afterStar)
                {
                    before = count++;
                }
                else if (shared.TryGetValue((before, last), out var known))
                {
                    before = known;
                }
                else
                {
                    shared.Add((before, last), count);
                    before = count++;
                }

                numbers[index][position] = before;
                afterStar |= last == Star;
            }
        }

        return numbers;
    }

    private readonly record struct Position(int Wildcard, int Length) : IComparable<Position>
    {
        public int CompareTo(Position other) => (Wildcard, Length).CompareTo((other.Wildcard, other.Length));

        public override string ToString() => $"{Wildcard}:{Length}";
    }
}
