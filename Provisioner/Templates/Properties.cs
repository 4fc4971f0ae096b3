namespace Provisioner.Templates;

/// <summary>
/// Takes the properties of a resource one by one. What is missing, is of the wrong kind, or was not asked for when
/// <see cref="Done"/> is called, is a fault.
/// </summary>
internal sealed class Properties(string path, Value.Map map, Scope scope, Faults faults)
{
    private readonly HashSet<string> _asked = [];

    /// <summary>Empty if it is missing, and a fault.</summary>
    public string Text(string name)
    {
        if (Find(name) is null)
        {
            faults.Add($"{path}.{name}: is missing");
        }

        return TextOrNull(name) ?? "";
    }

    public string? TextOrNull(string name) =>
        Find(name) is not { } value
            ? null
            : Expect(scope.Text(value), name, "a text, a number or a reference that has one");

    public string? JsonOrNull(string name) =>
        Find(name) is not { } value
            ? null
            : Expect(value is Value.Map ? scope.Json(value) : null, name, "an object whose references all have a text");

    public bool FlagOrFalse(string name) => TextOrNull(name) is { } text && bool.TryParse(text, out var flag) && flag;

    public Properties? ObjectOrNull(string name) =>
        Find(name) is not { } value ? null
        : Expect(value as Value.Map, name, "an object") is { } members ? Below(members, name)
        : null;

    public IReadOnlyList<Properties> Objects(string name)
    {
        var items = (Find(name) as Value.List)?.Items.OfType<Value.Map>().ToList() ?? [];
        if (items.Count == 0)
        {
            faults.Add($"{path}.{name}: must be a list of objects");
        }

        return [.. items.Select((item, index) => Below(item, $"{name}[{index}]"))];
    }

    public void Refuse(string name, string why) => faults.Add($"{path}.{name}: {why}");

    public void Done()
    {
        foreach (var name in map.Members.Keys.Where(name => !_asked.Contains(name)))
        {
            faults.Add($"{path}.{name}: is not understood here");
        }
    }

    private Properties Below(Value.Map members, string name) => new($"{path}.{name}", members, scope, faults);

    private Value? Find(string name)
    {
        _asked.Add(name);
        return map.Members.GetValueOrDefault(name);
    }

    private T? Expect<T>(T? found, string name, string what)
        where T : class
    {
        if (found is null)
        {
            faults.Add($"{path}.{name}: must be {what}");
        }

        return found;
    }
}
