using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Who needs whom: an order in which a resource comes after all that it needs. Stopping goes the other way.</summary>
internal static class StartOrder
{
    public static IReadOnlyList<IResource> Of(IEnumerable<IResource> resources)
    {
        var all = resources.ToList();
        all.ForEach(resource => RefuseCircles(resource, []));

        var order = new List<IResource>();
        var visited = new HashSet<IResource>();
        all.ForEach(Visit);
        return order;

        void Visit(IResource resource)
        {
            if (visited.Add(resource))
            {
                NeedsOf(resource).ToList().ForEach(Visit);
                order.Add(resource);
            }
        }
    }

    /// <summary>What a resource waits for, and what it uses. Two that use each other: the one that waits needs the other.</summary>
    public static IEnumerable<IResource> NeedsOf(IResource resource)
    {
        var used = resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relation => relation.Resource);
        return WaitsOf(resource).Concat(used.Where(other => !WaitsFor(other, resource))).Distinct();
    }

    private static IEnumerable<IResource> WaitsOf(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource);

    private static bool WaitsFor(IResource resource, IResource other) =>
        WaitsOf(resource).Any(awaited => awaited == other || WaitsFor(awaited, other));

    private static void RefuseCircles(IResource resource, List<IResource> path)
    {
        if (path.IndexOf(resource) is var first and >= 0)
        {
            var circle = string.Join(
                " waits for ",
                path.Skip(first).Append(resource).Select(waiting => $"'{waiting.Name}'")
            );
            throw new DistributedApplicationException($"Nothing can start first: {circle}.");
        }

        path.Add(resource);
        foreach (var awaited in WaitsOf(resource))
        {
            RefuseCircles(awaited, path);
        }

        path.RemoveAt(path.Count - 1);
    }
}
