namespace Events.Patterns.Operators;

/// <summary>Any leaf that none of the excluded tests matches, whatever its type.</summary>
internal sealed class AnythingBut(IReadOnlyList<ValueTest> excluded) : ValueTest
{
    private readonly ValueTest[] _excluded = [.. excluded];

    internal IReadOnlyList<ValueTest> Excluded => _excluded;

    internal override bool Matches(in EventValue value)
    {
        foreach (var test in _excluded)
        {
            if (test.Matches(value))
            {
                return false;
            }
        }

        return true;
    }
}
