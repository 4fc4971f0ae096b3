using System.Text.Json;
using System.Text.Json.Nodes;
using Events.Patterns;

namespace Deploy.Bridging;

/// <param name="Pattern">Any number of rules may stand side by side; an event that two of them want is sent twice and recorded once.</param>
internal sealed record EventRule(string Name, string Description, JsonNode Pattern);

/// <summary>Which events are taken from the bus: Deploy/Bridging/rules.json.</summary>
internal static class EventRules
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <exception cref="InvalidOperationException">A pattern is none; EventBridge would say so only at the deployment.</exception>
    public static IReadOnlyList<EventRule> Read()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "rules.json");
        var rules = JsonSerializer.Deserialize<List<EventRule>>(File.ReadAllText(file), Web)!;
        foreach (var rule in rules)
        {
            if (EventPattern.Parse(rule.Pattern.ToJsonString()) is ParsedPattern.Invalid invalid)
            {
                throw new InvalidOperationException(
                    $"rules.json: the pattern of {rule.Name} is not valid at {invalid.Path}: {invalid.Reason}"
                );
            }
        }

        return rules;
    }
}
