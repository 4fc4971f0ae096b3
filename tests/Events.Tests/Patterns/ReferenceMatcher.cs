using System.Text.Json;

namespace Events.Tests.Patterns;

/// <summary>
/// The definition, slow and plain: flatten the event into leaves, the pattern into lists of conditions, and try every choice of
/// leaves in path order. It shares nothing with the product.
/// </summary>
internal static class ReferenceMatcher
{
    /// <summary>A leaf, and the elements of arrays that it lies in.</summary>
    private sealed record Leaf(string Path, JsonElement Value, IReadOnlyDictionary<int, int> Elements);

    internal static bool Matches(string pattern, string candidate)
    {
        var leaves = new List<Leaf>();
        var arrays = 0;
        Flatten(JsonElement.Parse(candidate), "", [], leaves, ref arrays);
        return Alternatives(JsonElement.Parse(pattern), "", [new()])
            .Any(conditions => Holds([.. conditions], 0, leaves, new Dictionary<int, int>()));
    }

    private static bool Holds(
        KeyValuePair<string, JsonElement>[] conditions,
        int index,
        List<Leaf> leaves,
        Dictionary<int, int> chosen
    )
    {
        if (index == conditions.Length)
        {
            return true;
        }

        var (path, tests) = conditions[index];
        var present = leaves.Where(leaf => leaf.Path == path && Compatible(leaf.Elements, chosen)).ToArray();
        return present.Length == 0
            ? tests.EnumerateArray().Any(IsAbsence) && Holds(conditions, index + 1, leaves, chosen)
            : present
                .Where(leaf => tests.EnumerateArray().Any(test => ReferenceTest.IsMet(test, leaf.Value)))
                .Any(leaf => Holds(conditions, index + 1, leaves, Join(chosen, leaf.Elements)));
    }

    private static bool IsAbsence(JsonElement test) =>
        test.ValueKind == JsonValueKind.Object
        && test.TryGetProperty("exists", out var exists)
        && exists.ValueKind == JsonValueKind.False;

    private static bool Compatible(IReadOnlyDictionary<int, int> elements, Dictionary<int, int> chosen) =>
        elements.All(element => !chosen.TryGetValue(element.Key, out var other) || other == element.Value);

    private static Dictionary<int, int> Join(Dictionary<int, int> chosen, IReadOnlyDictionary<int, int> elements)
    {
        var joined = new Dictionary<int, int>(chosen);
        foreach (var (array, element) in elements)
        {
            joined[array] = element;
        }

        return joined;
    }

    private static void Flatten(
        JsonElement value,
        string path,
        Dictionary<int, int> elements,
        List<Leaf> leaves,
        ref int arrays
    )
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Flatten(property.Value, Under(path, property.Name), elements, leaves, ref arrays);
                }

                break;
            case JsonValueKind.Array:
                var array = arrays++;
                foreach (var (index, element) in value.EnumerateArray().Index())
                {
                    var nested = element.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
                    var inside = nested ? new Dictionary<int, int>(elements) { [array] = index } : elements;
                    Flatten(element, path, inside, leaves, ref arrays);
                }

                break;
            default:
                leaves.Add(new Leaf(path, value, elements));
                break;
        }
    }

    private static List<SortedDictionary<string, JsonElement>> Alternatives(
        JsonElement pattern,
        string path,
        List<SortedDictionary<string, JsonElement>> alternatives
    )
    {
        foreach (var property in pattern.EnumerateObject())
        {
            if (property.Name == "$or")
            {
                alternatives =
                [
                    .. property
                        .Value.EnumerateArray()
                        .SelectMany(branch => Alternatives(branch, path, [.. alternatives.Select(Copy)])),
                ];
            }
            else if (property.Value.ValueKind == JsonValueKind.Object)
            {
                alternatives = Alternatives(property.Value, Under(path, property.Name), alternatives);
            }
            else
            {
                alternatives.ForEach(alternative => alternative[Under(path, property.Name)] = property.Value);
            }
        }

        return alternatives;
    }

    private static SortedDictionary<string, JsonElement> Copy(SortedDictionary<string, JsonElement> conditions) =>
        new(conditions, StringComparer.Ordinal);

    private static string Under(string path, string name) => path.Length == 0 ? $"\0{name}" : $"{path}.{name}";
}
