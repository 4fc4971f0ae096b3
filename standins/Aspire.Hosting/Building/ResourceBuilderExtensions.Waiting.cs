using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource when every replica of the other one runs, is healthy, and its ready event has been handled.</summary>
    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency
    )
        where T : IResourceWithWaitSupport =>
        builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilHealthy));

    /// <summary>Starts the resource when every replica of the other one runs, healthy or not.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency
    )
        where T : IResourceWithWaitSupport =>
        builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilStarted));

    /// <summary>Starts the resource when the other one has ended with this exit code.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency,
        int exitCode = 0
    )
        where T : IResourceWithWaitSupport =>
        builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode));

    /// <summary>Healthy means that a GET answers with the status code (200 unless given). Each replica is asked by itself.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        string? path = null,
        int? statusCode = null,
        string? endpointName = null
    )
        where T : IResourceWithEndpoints =>
        builder.WithHttpHealthCheck(
            endpointName is null ? null : () => builder.GetEndpoint(endpointName),
            path,
            statusCode
        );

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        Func<EndpointReference>? endpointSelector,
        string? path = null,
        int? statusCode = null
    )
        where T : IResourceWithEndpoints
    {
        return builder.WithAnnotation(new HttpHealthCheckAnnotation(UrlAsync, statusCode ?? 200));

        async ValueTask<Uri> UrlAsync(ValueProviderContext context, CancellationToken cancellationToken)
        {
            var endpoint = endpointSelector?.Invoke() ?? FirstHttpEndpoint(builder.Resource);
            return new Uri(new Uri((await endpoint.GetValueAsync(context, cancellationToken))!), path);
        }
    }

    private static EndpointReference FirstHttpEndpoint(IResourceWithEndpoints resource) =>
        resource
            .Annotations.OfType<EndpointAnnotation>()
            .Where(endpoint => endpoint.UriScheme is "http" or "https")
            .Select(endpoint => resource.GetEndpoint(endpoint.Name))
            .FirstOrDefault()
        ?? throw new DistributedApplicationException(
            $"Resource '{resource.Name}' has a health check by HTTP but no HTTP endpoint. Add .WithHttpEndpoint()."
        );
}
