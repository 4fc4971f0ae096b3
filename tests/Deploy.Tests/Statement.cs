using System.Text.Json.Nodes;

namespace Deploy.Tests;

/// <summary>One statement of a policy.</summary>
internal sealed record Statement(Resource Of, JsonObject Json)
{
    private static readonly string[] Documents =
    [
        "PolicyDocument",
        "KeyPolicy",
        "AssumeRolePolicyDocument",
        "ResourcePolicy",
    ];

    public bool Allows => (string)Json["Effect"]! == "Allow";

    public IReadOnlyList<string> Actions => Expression.TextsOf(Json["Action"]);

    public IReadOnlyList<string> Resources => Expression.TextsOf(Json["Resource"]);

    public string Condition => Json["Condition"]?.ToJsonString() ?? "";

    public IReadOnlyList<string> Services => Expression.TextsOf((Json["Principal"] as JsonObject)?["Service"]);

    public bool IsForEverybody =>
        Json["Principal"] is JsonValue || (Json["Principal"]?["AWS"] as JsonValue)?.ToString() == "*";

    public static IEnumerable<Statement> In(Template template) =>
        from resource in template.Resources
        from document in Documents
        from statement in (resource.At(document, "Statement") as JsonArray) ?? []
        select new Statement(resource, statement!.AsObject());

    public override string ToString() => $"{Of}: {Json.ToJsonString()}";
}
