namespace Events.Patterns.Language;

/// <summary>Where the reader is: by the names that make a condition's path, and as people are told.</summary>
internal sealed class PatternPath
{
    private readonly List<string> _names = [];
    private readonly List<string> _shown = ["$"];

    internal string Joined => string.Join('.', _names);

    public override string ToString() => string.Join('.', _shown);

    internal void EnterField(string name)
    {
        _names.Add(name);
        _shown.Add(name);
    }

    internal void LeaveField()
    {
        _names.RemoveAt(_names.Count - 1);
        _shown.RemoveAt(_shown.Count - 1);
    }

    internal void EnterOr() => _shown.Add("$or");

    internal void EnterBranch(int index) => _shown[^1] = $"$or[{index}]";

    internal void LeaveBranches() => _shown[^1] = "$or";

    internal void LeaveOr() => _shown.RemoveAt(_shown.Count - 1);
}
