using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deploy;

/// <summary>JSON as the CDK takes it where a property is any JSON: dictionaries, arrays and plain values.</summary>
internal static class JsonValues
{
    public static object From(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.ToDictionary(member => member.Key, member => From(member.Value)),
            JsonArray items => items.Select(From).ToArray(),
            JsonValue value => value.GetValueKind() switch
            {
                JsonValueKind.String => value.GetValue<string>(),
                JsonValueKind.Number => value.GetValue<double>(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                var kind => throw new InvalidOperationException($"CloudFormation has no {kind}."),
            },
            _ => throw new InvalidOperationException("CloudFormation has no null."),
        };
}
