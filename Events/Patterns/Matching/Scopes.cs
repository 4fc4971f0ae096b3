using System.Buffers;
using Events.Patterns.Operators;

namespace Events.Patterns.Matching;

/// <summary>
/// What has been seen so far, by scope. The event itself is a scope, and so is each element of an array that several
/// conditions go through: in the end they all have to hold within one element.
/// </summary>
/// <remarks>
/// The rules are those of Event Ruler, the service's engine. It takes the conditions in the order of their paths. The first
/// one that a leaf of an element meets settles for that element: from then on only that element is looked at. So a condition
/// that asks for absence (<c>exists: false</c>) means the whole array if it comes before that one, and the element if it comes
/// after. That is why a scope keeps, for each alternative, the first condition met in it. Of two elements that both will
/// do, the one settled for earlier leaves less to be absent everywhere; so no other needs to be remembered.
/// A scope is all zero until a leaf touches it and again when it is left; and an array looks only at the alternatives that ask
/// for something below it. So an element costs what the pattern asks of it, and one without a leaf of the pattern nothing.
/// </remarks>
internal ref struct Scopes
{
    private readonly MatchProgram _program;
    private readonly ScopeLayout _layout;
    private Span<ulong> _words;
    private ulong[]? _rented;
    private int _top;

    internal Scopes(MatchProgram program, Span<ulong> room)
    {
        _program = program;
        _layout = new ScopeLayout(program.WordCount, program.Alternatives.Length);
        _words = room;
        _words.Clear();
        Grow();
    }

    /// <summary>How often a scope was held against an alternative: the work that is not reading.</summary>
    internal long Weighed { get; private set; }

    private readonly ScopeView Top => _layout.View(_words[_top..]);

    private readonly ScopeView Outer => _layout.View(_words[(_top - _layout.Size)..]);

    internal readonly void Record(PatternNode node, in EventValue value)
    {
        var scope = Top;
        BitSet.AddAll(scope.Present, node.Here);
        foreach (var condition in node.Conditions)
        {
            if (!BitSet.Contains(scope.Met, condition.Index) && condition.IsMetBy(value))
            {
                BitSet.Add(scope.Met, condition.Index);
            }
        }
    }

    internal void EnterElement()
    {
        _top += _layout.Size;
        Grow();
    }

    internal void LeaveElement(PatternNode array)
    {
        var element = Top;
        if (element.Present.ContainsAnyExcept(0UL))
        {
            var outer = Outer;
            foreach (var index in array.Alternatives)
            {
                if (Holds(element, index, array.Below, out var first))
                {
                    outer.BestElement[index] = Math.Max(outer.BestElement[index], first);
                }
            }

            BitSet.AddAll(outer.Present, element.Present);
            for (var word = 0; word < array.Here.Length; word++)
            {
                outer.Met[word] |= element.Met[word] & array.Here[word];
            }

            element.Clear(array.Alternatives);
        }

        _top -= _layout.Size;
    }

    internal readonly void LeaveArray(PatternNode array)
    {
        var scope = Top;
        foreach (var index in array.Alternatives)
        {
            var first = scope.BestElement[index];
            scope.BestElement[index] = Precedence.None;
            var conditions = _program.Alternatives[index].Conditions;
            if (
                first == Precedence.None
                || AnyPresentBefore(Precedence.ConditionOf(first), scope.Present, conditions, array.Below)
            )
            {
                continue;
            }

            scope.First[index] = Math.Max(scope.First[index], first);
            var settled = scope.Settled(index);
            for (var word = 0; word < settled.Length; word++)
            {
                settled[word] |= conditions[word] & array.Below[word];
            }
        }
    }

    internal void Conclude(Span<bool> matched)
    {
        for (var index = 0; index < _program.Alternatives.Length; index++)
        {
            matched[_program.Alternatives[index].Pattern] |= Holds(Top, index, _program.Root.Below, out _);
        }
    }

    internal void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<ulong>.Shared.Return(_rented);
            _rented = null;
        }
    }

    /// <summary>Whether all conditions of an alternative hold, of those in <paramref name="among"/>; and the first that a leaf meets.</summary>
    private bool Holds(ScopeView scope, int alternative, ReadOnlySpan<ulong> among, out ulong first)
    {
        Weighed++;
        first = scope.First[alternative];
        var conditions = _program.Alternatives[alternative].Conditions;
        var settled = scope.Settled(alternative);
        for (var word = 0; word < conditions.Length; word++)
        {
            var asked = conditions[word] & among[word];
            var met = asked & scope.Met[word];
            var missing = asked & ~(met | settled[word]);
            if ((missing & (scope.Present[word] | ~_program.MayBeAbsent[word])) != 0)
            {
                return false;
            }

            if (met != 0)
            {
                first = Math.Max(first, Precedence.Of(BitSet.LowestOf(met, word)));
            }
        }

        return true;
    }

    private static bool AnyPresentBefore(
        int first,
        ReadOnlySpan<ulong> present,
        ReadOnlySpan<ulong> conditions,
        ReadOnlySpan<ulong> among
    )
    {
        var words = first >> 6;
        for (var word = 0; word < words; word++)
        {
            if ((present[word] & conditions[word] & among[word]) != 0)
            {
                return true;
            }
        }

        var before = (1UL << first) - 1;
        return (present[words] & conditions[words] & among[words] & before) != 0;
    }

    private void Grow()
    {
        var needed = _top + _layout.Size;
        if (needed <= _words.Length)
        {
            return;
        }

        var larger = ArrayPool<ulong>.Shared.Rent(Math.Max(needed, _words.Length * 2));
        _words.CopyTo(larger);
        larger.AsSpan(_words.Length).Clear();
        Dispose();
        _words = _rented = larger;
    }
}
