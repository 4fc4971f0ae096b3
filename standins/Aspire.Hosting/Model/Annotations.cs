namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource adds to its environment, asked each time one of its processes starts.</summary>
public class EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) : IResourceAnnotation
{
    public Func<EnvironmentCallbackContext, Task> Callback { get; } = callback;
}

public class EnvironmentCallbackContext(
    DistributedApplicationExecutionContext executionContext,
    IResource resource,
    Dictionary<string, object>? environmentVariables = null,
    CancellationToken cancellationToken = default
)
{
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    public IResource Resource { get; } = resource;

    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables ?? [];

    public CancellationToken CancellationToken { get; } = cancellationToken;
}

public class CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback)
    : IResourceAnnotation
{
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; } = callback;
}

public sealed class CommandLineArgsCallbackContext(
    IList<object> args,
    IResource resource,
    CancellationToken cancellationToken = default
)
{
    public IList<object> Args { get; } = args;

    public IResource Resource { get; } = resource;

    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>How many processes of one project run.</summary>
public class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    public int Replicas { get; } = replicas;
}

public enum WaitType
{
    WaitUntilHealthy,
    WaitForCompletion,
    WaitUntilStarted,
}

public class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public WaitType WaitType { get; } = waitType;

    public int ExitCode { get; } = exitCode;
}

/// <summary>That one resource uses another: what decides the order in which they stop.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public string Type { get; } = type;
}

/// <summary>`GET Url` answered with StatusCode means healthy; asked of each replica by itself.</summary>
internal sealed record HttpHealthCheckAnnotation(
    Func<ValueProviderContext, CancellationToken, ValueTask<Uri>> Url,
    int StatusCode
) : IResourceAnnotation;

/// <summary>A link to show, besides those to the endpoints.</summary>
internal sealed record ShownUrlAnnotation(ReferenceExpression Url, string? DisplayText) : IResourceAnnotation;

/// <summary>A change of how an endpoint's link is shown.</summary>
internal sealed record EndpointUrlAnnotation(string EndpointName, Action<ResourceUrlAnnotation> Change)
    : IResourceAnnotation;
