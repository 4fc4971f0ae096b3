namespace Events.Patterns.Language;

/// <summary>
/// One way for a pattern to match: all its conditions hold. A pattern without <c>$or</c> has one alternative; each <c>$or</c>
/// multiplies them. A path that occurs again takes the place of the earlier one, as in the service.
/// </summary>
internal sealed class Alternative
{
    private readonly Dictionary<string, Condition> _byPath;

    internal Alternative() => _byPath = new Dictionary<string, Condition>(StringComparer.Ordinal);

    private Alternative(Alternative other) =>
        _byPath = new Dictionary<string, Condition>(other._byPath, StringComparer.Ordinal);

    internal IReadOnlyCollection<Condition> Conditions => _byPath.Values;

    internal Alternative Copy() => new(this);

    internal void Require(Condition condition) => _byPath[condition.Path] = condition;
}
