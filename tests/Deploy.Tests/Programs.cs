using System.Text.Json.Nodes;

namespace Deploy.Tests;

/// <summary>A program that a template starts: a container of a task, or a function.</summary>
internal sealed record Program(Resource Of, string Name, JsonObject Json)
{
    public IReadOnlyDictionary<string, string> Environment =>
        Json["Environment"] switch
        {
            JsonArray pairs => pairs.ToDictionary(
                pair => (string)pair!["Name"]!,
                pair => Expression.TextOf(pair!["Value"])!
            ),
            JsonObject members => members["Variables"]!
                .AsObject()
                .ToDictionary(member => member.Key, member => Expression.TextOf(member.Value)!),
            _ => new Dictionary<string, string>(),
        };

    public bool IsProcessor => Environment.ContainsKey("Pipeline__ClaimsTable") && Name != "operations";

    public bool IsFunction => Of.Type == "AWS::Lambda::Function";

    public static IReadOnlyList<Program> In(Template template) =>
        [
            .. from task in template.Of("AWS::ECS::TaskDefinition")
            from container in task.Properties["ContainerDefinitions"]!.AsArray()
            select new Program(task, (string)container!["Name"]!, container.AsObject()),
            .. template
                .Of("AWS::Lambda::Function")
                .Select(function => new Program(function, function.Id, function.Properties)),
        ];
}
