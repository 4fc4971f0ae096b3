namespace Provisioner.Templates;

/// <param name="Parameters">Their default values; null where there is none.</param>
/// <param name="Resources">Each behind those it needs.</param>
internal sealed record Template(IReadOnlyDictionary<string, string?> Parameters, IReadOnlyList<Resource> Resources);

internal sealed record Resource(string Id, string Type, Value.Map Properties, IReadOnlyList<string> DependsOn)
{
    public string Path => $"Resources.{Id}";

    /// <summary>The other resources that must be there first.</summary>
    public IEnumerable<string> Needs(IReadOnlySet<string> resources) =>
        Properties
            .References()
            .Select(reference =>
                reference switch
                {
                    Value.Ref { Name: var name } => name,
                    Value.GetAtt { Resource: var name } => name,
                    _ => "",
                }
            )
            .Where(resources.Contains)
            .Concat(DependsOn);
}
