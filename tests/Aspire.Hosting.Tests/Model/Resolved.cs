namespace Aspire.Hosting.Tests.Model;

/// <summary>What a resource's process would see, worked out without starting anything.</summary>
internal static class Resolved
{
    public static async Task<Dictionary<string, string?>> EnvironmentOf(
        IResource resource,
        CancellationToken cancellationToken
    )
    {
        var context = new EnvironmentCallbackContext(
            new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run),
            resource,
            cancellationToken: cancellationToken
        );
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        var variables = new Dictionary<string, string?>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            variables[name] = value is IValueProvider provider
                ? await provider.GetValueAsync(cancellationToken)
                : (string)value;
        }

        return variables;
    }

    /// <summary>What the start of the application does for every endpoint.</summary>
    public static void Allocate(this EndpointReference endpoint, int port) =>
        endpoint.EndpointAnnotation.AllocatedEndpoint = new AllocatedEndpoint(
            endpoint.EndpointAnnotation,
            "localhost",
            port
        );
}
