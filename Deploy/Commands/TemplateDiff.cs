using System.Text.Json.Nodes;

namespace Deploy.Commands;

/// <summary>How a template differs from another, one line a thing: + is new, - is gone, ~ has another value at this place.</summary>
internal static class TemplateDiff
{
    private const int LengthMax = 120;

    private static readonly string[] Sections = ["Parameters", "Conditions", "Resources", "Outputs"];

    public static IReadOnlyList<string> Between(string before, string after)
    {
        var old = JsonNode.Parse(before)!.AsObject();
        var fresh = JsonNode.Parse(after)!.AsObject();
        return
        [
            .. Sections.SelectMany(section =>
                Between(section, old[section] as JsonObject ?? [], fresh[section] as JsonObject ?? [])
            ),
        ];
    }

    private static IEnumerable<string> Between(string section, JsonObject before, JsonObject after) =>
        Names(before, after)
            .Order(StringComparer.Ordinal)
            .SelectMany(name =>
                (before[name], after[name]) switch
                {
                    (null, var fresh) => [$"+ {section}.{name}{TypeOf(fresh)}"],
                    (var old, null) => [$"- {section}.{name}{TypeOf(old)}"],
                    var (old, fresh) => Changes($"{section}.{name}", old, fresh),
                }
            );

    private static IEnumerable<string> Changes(string path, JsonNode? before, JsonNode? after) =>
        (before, after) switch
        {
            _ when JsonNode.DeepEquals(before, after) => [],
            (JsonObject old, JsonObject fresh) => Names(old, fresh)
                .SelectMany(name => Changes($"{path}.{name}", old[name], fresh[name])),
            (JsonArray old, JsonArray fresh) when old.Count == fresh.Count => Enumerable
                .Range(0, old.Count)
                .SelectMany(index => Changes($"{path}[{index}]", old[index], fresh[index])),
            _ => [$"~ {path}: {Short(before)} → {Short(after)}"],
        };

    private static IEnumerable<string> Names(JsonObject one, JsonObject other) =>
        one.Concat(other).Select(member => member.Key).Distinct();

    private static string TypeOf(JsonNode? resource) =>
        (resource as JsonObject)?["Type"] is { } type ? $" ({type})" : "";

    private static string Short(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "nothing";
        return text.Length <= LengthMax ? text : $"{text[..LengthMax]}…";
    }
}
