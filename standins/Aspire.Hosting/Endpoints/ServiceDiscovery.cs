using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The names under which a process finds the endpoints of a resource it refers to.</summary>
internal static partial class ServiceDiscovery
{
    /// <summary>`services__NAME__http__0`, `__1`, … one for each replica, and `NAME_HTTP` for programs that are not .NET.</summary>
    public static IEnumerable<(string Name, string Url)> VariablesFor(
        IResourceWithEndpoints source,
        string serviceName,
        string? only
    )
    {
        foreach (var endpoint in source.Annotations.OfType<EndpointAnnotation>())
        {
            if (only is not null && !string.Equals(endpoint.Name, only, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            yield return ($"{Encoded(serviceName)}_{Encoded(endpoint.Name)}".ToUpperInvariant(), Url(replica: 0));

            for (var replica = 0; replica < endpoint.Replicas.Count; replica++)
            {
                var index = replica.ToString(CultureInfo.InvariantCulture);
                yield return ($"services__{serviceName}__{endpoint.Name}__{index}", Url(replica));
            }

            string Url(int replica) => new EndpointReference(source, endpoint.Name).Allocated(replica).UriString;
        }
    }

    /// <summary>A name as part of a variable's name.</summary>
    public static string Encoded(string name) => NotInAVariable().Replace(name, "_");

    [GeneratedRegex("[^a-zA-Z0-9]")]
    private static partial Regex NotInAVariable();
}
