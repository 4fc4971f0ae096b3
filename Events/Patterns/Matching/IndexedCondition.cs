using Events.Patterns.Language;
using Events.Patterns.Operators;

namespace Events.Patterns.Matching;

/// <summary>A condition with its bit.</summary>
internal sealed class IndexedCondition(Condition condition, int index)
{
    private readonly ValueTest[] _tests = [.. condition.Tests];

    internal int Index => index;

    internal string Path => condition.Path;

    internal bool IsMetBy(in EventValue value)
    {
        foreach (var test in _tests)
        {
            if (test.Matches(value))
            {
                return true;
            }
        }

        return false;
    }
}
