using System.Text.Json.Nodes;

namespace Deploy.Tests;

/// <summary>Writes what CloudFormation would compute as a text: references as ${Name}, attributes as ${Name.Attribute}.</summary>
internal static class Expression
{
    public static string? TextOf(JsonNode? node) =>
        node switch
        {
            null => null,
            JsonObject { Count: 1 } call when call["Ref"] is { } name => $"${{{name}}}",
            JsonObject { Count: 1 } call when call["Fn::GetAtt"] is JsonArray attribute =>
                $"${{{attribute[0]}.{attribute[1]}}}",
            JsonObject { Count: 1 } call when call["Fn::Sub"] is JsonValue text => (string)text!,
            JsonObject { Count: 1 } call when call["Fn::Join"] is JsonArray { Count: 2 } join => string.Join(
                (string)join[0]!,
                join[1]!.AsArray().Select(TextOf)
            ),
            JsonValue value => value.ToString(),
            _ => node.ToJsonString(),
        };

    public static bool IsCall(JsonNode? node) =>
        node is JsonObject { Count: 1 } call
        && (call.ContainsKey("Ref") || call.First().Key.StartsWith("Fn::", StringComparison.Ordinal));

    /// <summary>One or several texts.</summary>
    public static IReadOnlyList<string> TextsOf(JsonNode? node) =>
        node switch
        {
            null => [],
            JsonArray items => [.. items.Select(item => TextOf(item)!)],
            _ => [TextOf(node)!],
        };

    /// <summary>Every name that is referred to, with the attribute asked for; null for the reference itself.</summary>
    public static IEnumerable<(string Name, string? Attribute)> References(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } call when call["Ref"] is { } name:
                return [((string)name!, null)];

            case JsonObject { Count: 1 } call when call["Fn::GetAtt"] is JsonArray attribute:
                return [((string)attribute[0]!, (string)attribute[1]!)];

            case JsonObject { Count: 1 } call when call["Fn::Sub"] is JsonValue text:
                return Placeholders((string)text!);

            case JsonObject members:
                return members.SelectMany(member => References(member.Value));

            case JsonArray items:
                return items.SelectMany(References);

            default:
                return [];
        }
    }

    private static IEnumerable<(string Name, string? Attribute)> Placeholders(string text) =>
        text.Split("${")
            .Skip(1)
            .Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)])
            .Where(name => !name.StartsWith('!'))
            .Select(name => name.Split('.', 2))
            .Select(parts => (parts[0], parts.Length == 2 ? parts[1] : null));
}
