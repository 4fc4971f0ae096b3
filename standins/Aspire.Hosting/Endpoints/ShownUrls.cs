using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The links of one replica: to its endpoints, and those the AppHost adds.</summary>
internal static class ShownUrls
{
    public static async Task<ImmutableArray<UrlSnapshot>> OfAsync(
        IResource resource,
        int replica,
        CancellationToken cancellationToken
    )
    {
        var urls = ImmutableArray.CreateBuilder<UrlSnapshot>();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var url = new ResourceUrlAnnotation { Url = endpoint.Replicas[replica].UriString };
            foreach (
                var annotation in resource
                    .Annotations.OfType<EndpointUrlAnnotation>()
                    .Where(other => other.EndpointName == endpoint.Name)
            )
            {
                annotation.Change(url);
            }

            urls.Add(Snapshot(endpoint.Name, url.Url, url.DisplayText));
        }

        var asking = new ValueProviderContext { Caller = resource, Replica = replica };
        foreach (var annotation in resource.Annotations.OfType<ShownUrlAnnotation>())
        {
            urls.Add(
                Snapshot(null, (await annotation.Url.GetValueAsync(asking, cancellationToken))!, annotation.DisplayText)
            );
        }

        return urls.ToImmutable();
    }

    private static UrlSnapshot Snapshot(string? name, string url, string? displayText) =>
        new(name, url, IsInternal: false) { DisplayProperties = new UrlDisplayPropertiesSnapshot(displayText ?? "") };
}
