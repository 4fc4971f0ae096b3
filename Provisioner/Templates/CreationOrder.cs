namespace Provisioner.Templates;

/// <summary>Puts each resource behind those it needs, and else leaves them as the template has them.</summary>
internal static class CreationOrder
{
    public static IReadOnlyList<Resource> Of(IReadOnlyList<Resource> resources, Faults faults)
    {
        var known = resources.Select(resource => resource.Id).ToHashSet();
        var waiting = resources.ToList();
        var ordered = new List<Resource>();
        while (waiting.Count > 0)
        {
            var next = waiting.Find(resource =>
                !resource.Needs(known).Any(needed => waiting.Exists(other => other.Id == needed))
            );
            if (next is null)
            {
                faults.Add($"Resources: {string.Join(", ", waiting.Select(resource => resource.Id))} need each other");
                return ordered;
            }

            waiting.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }
}
