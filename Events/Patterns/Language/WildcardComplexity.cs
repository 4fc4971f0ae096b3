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
    private readonly Dictionary<Position, string> _beginnings = [];

    private WildcardComplexity(IReadOnlyList<(string Rule, string Text)> wildcards)
    {
        // The service compares text with its quotes.
        _texts =
        [
            .. wildcards.Select(wildcard => $"\"{wildcard.Text}\"".Select(character => (int)character).ToArray()),
        ];
        foreach (var (index, text) in _texts.Index())
        {
            for (var length = 1; length <= text.Length; length++)
            {
                _beginnings[new Position(index, length)] = Beginning(
                    wildcards[index].Rule,
                    index,
                    text.AsSpan(0, length)
                );
            }
        }
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
        pending.Push([.. _texts.Select((_, index) => new Position(index, 0))]);
        while (pending.TryPop(out var positions))
        {
            foreach (var value in positions.Select(Next).Where(next => next < Star).Append(AnyOtherByte).Distinct())
            {
                Position[] reached = [.. positions.SelectMany(position => Step(position, value)).Distinct().Order()];
                if (
                    reached.Select(position => _beginnings[position]).Distinct().Count() > limit
                    || seen.Count > StepsMax
                )
                {
                    return true;
                }

                if (reached.Length > 0 && seen.Add(string.Join(' ', reached)))
                {
                    pending.Push(reached);
                }
            }
        }

        return false;
    }

    private IEnumerable<Position> Step(Position position, int value)
    {
        var text = _texts[position.Wildcard];
        if (position.Length > 0 && text[position.Length - 1] == Star)
        {
            yield return position;
        }

        if (Next(position) != value)
        {
            yield break;
        }

        var next = position with { Length = position.Length + 1 };
        yield return next;
        if (Next(next) == Star)
        {
            yield return next with
            {
                Length = next.Length + 1,
            };
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

    /// <summary>Up to its first star, equal text of one rule is one beginning.</summary>
    private static string Beginning(string rule, int index, ReadOnlySpan<int> text)
    {
        var star = text.IndexOf(Star);
        return star < 0 || star == text.Length - 1
            ? $"{rule}:{string.Join(',', text.ToArray())}"
            : $"{index}:{text.Length}";
    }

    private readonly record struct Position(int Wildcard, int Length) : IComparable<Position>
    {
        public int CompareTo(Position other) => (Wildcard, Length).CompareTo((other.Wildcard, other.Length));

        public override string ToString() => $"{Wildcard}:{Length}";
    }
}
