using System.Text.Json;

namespace Provisioner.Templates;

/// <summary>
/// Reads the part of CloudFormation the pipeline's template needs. A thing it does not know is a fault, never ignored: what is
/// tried here must be what a stack would be.
/// </summary>
internal sealed class TemplateReader(Faults faults)
{
    private static readonly string[] Sections =
    [
        "AWSTemplateFormatVersion",
        "Description",
        "Metadata",
        "Parameters",
        "Resources",
        "Outputs",
    ];

    private static readonly string[] ResourceMembers =
    [
        "Type",
        "Properties",
        "DependsOn",
        "Metadata",
        // What becomes of a resource when its stack goes; here nothing is ever deleted.
        "DeletionPolicy",
        "UpdateReplacePolicy",
    ];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly ValueReader _values = new(faults);

    /// <summary>The template; what is wrong with it is in the faults.</summary>
    public Template Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : Empty("The template is no JSON object.");
        }
        catch (JsonException exception)
        {
            return Empty($"The template cannot be read: {exception.Message}");
        }
    }

    private Template Read(JsonElement root)
    {
        ReportUnknown(root, "", Sections);
        var parameters = Members(root, "Parameters").ToDictionary(parameter => parameter.Name, ReadDefault);
        var resources = Members(root, "Resources").Select(ReadResource).ToList();
        var outputs = Members(root, "Outputs")
            .Select(output => _values.Read(output.Value, $"Outputs.{output.Name}"))
            .ToList();
        if (resources.Count == 0)
        {
            faults.Add("Resources: the template has none");
        }

        var known = resources.Select(resource => resource.Id).ToHashSet();
        foreach (var resource in resources)
        {
            CheckReferences(resource.Properties, resource.Path, parameters, known);
            foreach (var missing in resource.DependsOn.Where(other => !known.Contains(other)))
            {
                faults.Add($"{resource.Path}.DependsOn: there is no resource {missing}");
            }
        }

        foreach (var output in outputs)
        {
            CheckReferences(output, "Outputs", parameters, known);
        }

        return new Template(parameters, CreationOrder.Of(resources, faults));
    }

    private string? ReadDefault(JsonProperty parameter) =>
        parameter.Value.ValueKind == JsonValueKind.Object && parameter.Value.TryGetProperty("Default", out var value)
            ? value.ToString()
            : null;

    private Resource ReadResource(JsonProperty resource)
    {
        var path = $"Resources.{resource.Name}";
        if (resource.Value.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{path}: is no object");
            return new Resource(resource.Name, "", new Value.Map(new Dictionary<string, Value>()), []);
        }

        ReportUnknown(resource.Value, $"{path}.", ResourceMembers);
        var type = resource.Value.TryGetProperty("Type", out var named) ? named.ToString() : "";
        var properties = Members(resource.Value, "Properties")
            .ToDictionary(
                property => property.Name,
                property => _values.Read(property.Value, $"{path}.Properties.{property.Name}")
            );

        return new Resource(resource.Name, type, new Value.Map(properties), ReadDependsOn(resource.Value));
    }

    private static IReadOnlyList<string> ReadDependsOn(JsonElement resource) =>
        !resource.TryGetProperty("DependsOn", out var dependsOn) ? []
        : dependsOn.ValueKind == JsonValueKind.Array ? [.. dependsOn.EnumerateArray().Select(one => one.ToString())]
        : [dependsOn.ToString()];

    private void CheckReferences(
        Value value,
        string path,
        Dictionary<string, string?> parameters,
        HashSet<string> resources
    )
    {
        foreach (var reference in value.References())
        {
            switch (reference)
            {
                case Value.Ref { Name: var name } when !parameters.ContainsKey(name) && !resources.Contains(name):
                    faults.Add($"{path}: there is no parameter or resource {name}");
                    break;
                case Value.GetAtt { Resource: var name } when !resources.Contains(name):
                    faults.Add($"{path}: there is no resource {name}");
                    break;
                default:
                    break;
            }
        }
    }

    private List<JsonProperty> Members(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var section))
        {
            return [];
        }

        if (section.ValueKind == JsonValueKind.Object)
        {
            return [.. section.EnumerateObject()];
        }

        faults.Add($"{name}: is no object");
        return [];
    }

    private void ReportUnknown(JsonElement json, string path, string[] known)
    {
        foreach (var unknown in json.EnumerateObject().Where(member => !known.Contains(member.Name)))
        {
            faults.Add($"{path}{unknown.Name}: is not understood here");
        }
    }

    private Template Empty(string fault)
    {
        faults.Add(fault);
        return new Template(new Dictionary<string, string?>(), []);
    }
}
