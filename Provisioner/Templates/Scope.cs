using System.Text.Json;

namespace Provisioner.Templates;

/// <summary>What names mean: the parameters, and the resources made so far.</summary>
internal sealed class Scope(IReadOnlyDictionary<string, string> parameters)
{
    private readonly Dictionary<string, (string Ref, IReadOnlyDictionary<string, string> Attributes)> _made = [];

    public void Add(string resource, string reference, IReadOnlyDictionary<string, string> attributes) =>
        _made[resource] = (reference, attributes);

    /// <summary>The text of a value; null if it has none, being a list or an object or the attribute of a resource that has no such.</summary>
    public string? Text(Value value) =>
        value switch
        {
            Value.Scalar scalar => scalar.Text,
            Value.Ref { Name: var name } when parameters.TryGetValue(name, out var parameter) => parameter,
            Value.Ref { Name: var name } when _made.TryGetValue(name, out var made) => made.Ref,
            Value.GetAtt get when _made.TryGetValue(get.Resource, out var made) => made.Attributes.GetValueOrDefault(
                get.Attribute
            ),
            Value.Sub sub when sub.Parts.Select(Text).ToList() is var parts && !parts.Contains(null) => string.Concat(
                parts
            ),
            _ => null,
        };

    /// <summary>The value as JSON, as the AWS APIs take policies; null if something in it has no text.</summary>
    public string? Json(Value value) =>
        value switch
        {
            Value.Scalar scalar => scalar.Json,
            Value.Map map when map.Members.Select(Member).ToList() is var members && !members.Contains(null) =>
                $"{{{string.Join(',', members)}}}",
            Value.List list when list.Items.Select(Json).ToList() is var items && !items.Contains(null) =>
                $"[{string.Join(',', items)}]",
            _ => Text(value) is { } text ? JsonSerializer.Serialize(text) : null,
        };

    private string? Member(KeyValuePair<string, Value> member) =>
        Json(member.Value) is { } json ? $"{JsonSerializer.Serialize(member.Key)}:{json}" : null;
}
