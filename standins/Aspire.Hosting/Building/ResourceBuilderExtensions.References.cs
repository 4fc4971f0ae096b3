using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Tells the resource where another one is, by the names that service discovery reads.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source
    )
        where TDestination : IResourceWithEnvironment =>
        builder.WithEndpoints(source.Resource, source.Resource.Name, only: null);

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source,
        string name
    )
        where TDestination : IResourceWithEnvironment => builder.WithEndpoints(source.Resource, name, only: null);

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        EndpointReference endpointReference
    )
        where TDestination : IResourceWithEnvironment =>
        builder.WithEndpoints(
            endpointReference.Resource,
            endpointReference.Resource.Name,
            endpointReference.EndpointName
        );

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        string name,
        Uri uri
    )
        where TDestination : IResourceWithEnvironment =>
        uri.IsAbsoluteUri
            ? builder
                .WithEnvironment($"services__{name}__default__0", uri.ToString())
                .WithEnvironment(ServiceDiscovery.Encoded(name), uri.ToString())
            : throw new InvalidOperationException($"The URI for service reference '{name}' must be absolute.");

    public static IResourceBuilder<T> WithParentRelationship<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> parent
    )
        where T : IResource => builder.WithParentRelationship(parent.Resource);

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(parent, "Parent"));

    private static IResourceBuilder<T> WithEndpoints<T>(
        this IResourceBuilder<T> builder,
        IResourceWithEndpoints source,
        string serviceName,
        string? only
    )
        where T : IResourceWithEnvironment
    {
        builder.RelateTo([source]);
        return builder.WithEnvironment(context =>
        {
            foreach (var (name, url) in ServiceDiscovery.VariablesFor(source, serviceName, only))
            {
                context.EnvironmentVariables[name] = url;
            }
        });
    }

    /// <summary>Notes which resources the values come from: they are stopped after this one.</summary>
    private static void RelateTo<T>(this IResourceBuilder<T> builder, IEnumerable<object> values)
        where T : IResource
    {
        foreach (var value in values)
        {
            if (value is IResource resource && !ReferenceEquals(resource, builder.Resource))
            {
                builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, "Reference"));
            }

            if (value is IValueWithReferences { References: var references })
            {
                builder.RelateTo(references);
            }
        }
    }
}
