using Provisioner.Templates;

namespace Provisioner.Making;

/// <summary>The steps from a template to its resources, and all that is wrong with it. Nothing is asked of AWS yet.</summary>
internal sealed record Plan(IReadOnlyList<PlannedStep> Steps, IReadOnlyList<string> Faults)
{
    public IEnumerable<IResourceKind> Kinds => Steps.Select(step => step.Kind).Distinct();

    public static Plan Of(ProvisionerOptions options, IEnumerable<IResourceKind> kinds)
    {
        var faults = new Faults();
        if (!File.Exists(options.Template))
        {
            faults.Add("there is no such file");
            return new Plan([], faults.Found);
        }

        var template = new TemplateReader(faults).Read(File.ReadAllText(options.Template));
        var scope = new Scope(ParametersOf(template, options, faults));
        var known = kinds.ToDictionary(kind => kind.Type);
        var steps = new List<PlannedStep>();
        foreach (var resource in template.Resources)
        {
            if (known.TryGetValue(resource.Type, out var kind))
            {
                steps.Add(PlannedStep.Of(resource, kind, scope, faults));
            }
            else
            {
                faults.Add(
                    $"{resource.Path}.Type: '{resource.Type}' is not understood here; {string.Join(" and ", known.Keys)} are"
                );
            }
        }

        return new Plan(steps, faults.Found);
    }

    private static Dictionary<string, string> ParametersOf(Template template, ProvisionerOptions options, Faults faults)
    {
        foreach (var unknown in options.Parameters.Keys.Except(template.Parameters.Keys))
        {
            faults.Add($"Parameters: there is no {unknown}, but a value for it was given");
        }

        var values = new Dictionary<string, string>();
        foreach (var (name, standard) in template.Parameters)
        {
            if (options.Parameters.TryGetValue(name, out var given) || (given = standard) is not null)
            {
                values.Add(name, given);
                continue;
            }

            faults.Add($"Parameters.{name}: has no default; give it a value with --Provisioner:Parameters:{name}=…");
        }

        return values;
    }
}
