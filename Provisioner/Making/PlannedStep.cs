using Provisioner.Templates;

namespace Provisioner.Making;

/// <summary>One resource that is to be made.</summary>
internal sealed record PlannedStep(Resource Resource, IResourceKind Kind, Scope Scope)
{
    /// <summary>Checks the resource as if all it refers to were there: what those will be called is known only when they are.</summary>
    public static PlannedStep Of(Resource resource, IResourceKind kind, Scope scope, Faults faults)
    {
        var step = new PlannedStep(resource, kind, scope);
        kind.Check(step.Properties(faults));
        scope.Add(
            resource.Id,
            $"({resource.Id})",
            kind.Attributes.ToDictionary(attribute => attribute, attribute => $"({resource.Id}.{attribute})")
        );
        return step;
    }

    public Task<MakeOutcome> MakeAsync(CancellationToken cancellationToken) =>
        Kind.MakeAsync(Properties(new Faults()), cancellationToken);

    public void Complete(MakeOutcome.Made made) => Scope.Add(Resource.Id, made.Reference, made.Attributes);

    private Properties Properties(Faults faults) =>
        new($"{Resource.Path}.Properties", Resource.Properties, Scope, faults);
}
