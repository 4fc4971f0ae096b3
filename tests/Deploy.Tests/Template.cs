using System.Text.Json.Nodes;
using Testing;

namespace Deploy.Tests;

/// <summary>
/// A template that Deploy wrote: those in Deploy/templates, or in the folder that DEPLOY_TEMPLATES names, so that all shapes can be
/// tested right after they are written.
/// </summary>
internal sealed class Template
{
    private const string Ending = ".template.json";

    private static readonly string Folder =
        Environment.GetEnvironmentVariable("DEPLOY_TEMPLATES") ?? Repository.PathOf("Deploy", "templates");

    private readonly JsonObject _json;

    private Template(JsonObject json)
    {
        _json = json;
        Resources = [.. Section("Resources").Select(member => new Resource(member.Key, (JsonObject)member.Value!))];
    }

    /// <summary>Those of the system, without that of the artifacts.</summary>
    public static TheoryData<string> Systems { get; } = [.. FileNames.Where(name => name != "artifacts")];

    public static TheoryData<string> All { get; } = [.. FileNames];

    public IReadOnlyList<Resource> Resources { get; }

    public IEnumerable<string> Parameters => Section("Parameters").Select(member => member.Key);

    public IEnumerable<string> Outputs => Section("Outputs").Select(member => member.Key);

    private static IEnumerable<string> FileNames =>
        Directory
            .EnumerateFiles(Folder, $"*{Ending}")
            .Select(path => Path.GetFileName(path)[..^Ending.Length])
            .Order(StringComparer.Ordinal);

    public static Template Named(string name) => new(Read(Path.Combine(Folder, name + Ending)));

    /// <summary>The one definition of queues and tables.</summary>
    public static Template Pipeline() => new(Read(Repository.PathOf("AppHost", "pipeline.template.json")));

    public static Template Of(string id, JsonObject resource) =>
        new(new JsonObject { ["Resources"] = new JsonObject { [id] = resource } });

    public JsonObject Section(string name) => _json[name] as JsonObject ?? [];

    public IEnumerable<Resource> Of(string type) => Resources.Where(resource => resource.Type == type);

    public Resource At(string id) => Resources.Single(resource => resource.Id == id);

    public Resource? Find(string type, string startOfId) =>
        Of(type).SingleOrDefault(resource => resource.Id.StartsWith(startOfId, StringComparison.Ordinal));

    private static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();
}

internal sealed record Resource(string Id, JsonObject Json)
{
    public string Type => (string)Json["Type"]!;

    public JsonObject Properties => Json["Properties"] as JsonObject ?? [];

    /// <summary>The value at a path of members, as text.</summary>
    public string? Text(params string[] path) => Expression.TextOf(At(path));

    public double Number(params string[] path) => At(path)!.GetValue<double>();

    public JsonNode? At(params string[] path) =>
        path.Aggregate((JsonNode?)Properties, (node, member) => (node as JsonObject)?[member]);

    public override string ToString() => $"{Id} ({Type})";
}
