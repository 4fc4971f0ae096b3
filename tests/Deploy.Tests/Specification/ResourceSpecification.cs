using System.Text.Json;
using System.Text.Json.Nodes;
using Testing;

namespace Deploy.Tests.Specification;

/// <summary>
/// What CloudFormation takes for each resource type of ours, from the database the CDK's classes are generated from (extract.mjs). Says
/// what of a template it would refuse: unknown types, properties and attributes, missing ones, values of another kind.
/// </summary>
internal sealed class ResourceSpecification
{
    private readonly JsonObject _json = JsonNode
        .Parse(File.ReadAllText(Repository.PathOf("tests", "Deploy.Tests", "Specification", "resources.json")))!
        .AsObject();

    public IEnumerable<string> FaultsOf(Template template) =>
        template.Resources.SelectMany(FaultsOf).Concat(FaultsOfReferences(template));

    private IEnumerable<string> FaultsOf(Resource resource) =>
        _json["resources"]![resource.Type]?["properties"] is JsonObject properties
            ? FaultsOfObject($"{resource}", properties, resource.Properties)
            : [$"{resource}: the type is not in resources.json; extract.mjs says how to add it"];

    private IEnumerable<string> FaultsOfReferences(Template template)
    {
        var parameters = template.Parameters.ToHashSet();
        var resources = template.Resources.ToDictionary(resource => resource.Id);
        foreach (var (name, attribute) in Expression.References(template.Section("Resources")).Distinct())
        {
            if (attribute is null && !parameters.Contains(name) && !resources.ContainsKey(name) && !IsPseudo(name))
            {
                yield return $"there is no parameter or resource {name}";
            }
            else if (attribute is not null && !HasAttribute(resources.GetValueOrDefault(name), attribute))
            {
                yield return $"{name} has no attribute {attribute}";
            }
        }
    }

    private bool HasAttribute(Resource? resource, string attribute) =>
        resource is not null
        && _json["resources"]![resource.Type]!["attributes"]!.AsArray().Any(known => (string)known! == attribute);

    private IEnumerable<string> FaultsOfObject(string path, JsonObject specified, JsonObject given) =>
        specified
            .Where(property => property.Value!["required"] is not null && !given.ContainsKey(property.Key))
            .Select(property => $"{path}.{property.Key}: is missing")
            .Concat(
                given.SelectMany(property =>
                    specified[property.Key]?["type"] is { } type
                        ? FaultsOfValue($"{path}.{property.Key}", type, property.Value)
                        : [$"{path}.{property.Key}: there is no such property"]
                )
            );

    private IEnumerable<string> FaultsOfValue(string path, JsonNode type, JsonNode? value) =>
        type switch
        {
            _ when Expression.IsCall(value) => [],
            JsonObject composed when composed["object"] is { } name => value is JsonObject members
                ? FaultsOfObject(path, _json["types"]![(string)name!]!.AsObject(), members)
                : [$"{path}: must be an object"],
            JsonObject composed when composed["list"] is { } element => value is JsonArray items
                ? items.SelectMany((item, index) => FaultsOfValue($"{path}[{index}]", element, item))
                : [$"{path}: must be a list"],
            JsonObject composed when composed["map"] is { } element => value is JsonObject members
                ? members.SelectMany(member => FaultsOfValue($"{path}.{member.Key}", element, member.Value))
                : [$"{path}: must be an object"],
            JsonObject composed when composed["any"] is JsonArray types => types
                .Select(one => FaultsOfValue(path, one!, value).ToList())
                .OrderBy(faults => faults.Count)
                .First(),
            _ => IsOfKind((string)type!, value) ? [] : [$"{path}: must be a {type}, is {value?.ToJsonString()}"],
        };

    private static bool IsOfKind(string kind, JsonNode? value) =>
        kind switch
        {
            "string" or "date-time" => value?.GetValueKind() == JsonValueKind.String,
            "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "integer" => value?.GetValueKind() == JsonValueKind.Number && double.IsInteger(value.GetValue<double>()),
            "number" => value?.GetValueKind() == JsonValueKind.Number,
            "json" => value is JsonObject or JsonArray,
            _ => throw new InvalidOperationException($"resources.json has a kind that is unknown here: {kind}"),
        };

    private static bool IsPseudo(string name) => name.StartsWith("AWS::", StringComparison.Ordinal);
}
