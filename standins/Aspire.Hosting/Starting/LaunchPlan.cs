using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Starting;

/// <summary>Works out command line and environment of one replica, at the moment it starts: every value is known then.</summary>
internal sealed class LaunchPlan(
    IConfiguration configuration,
    IHostEnvironment environment,
    DistributedApplicationExecutionContext executionContext
)
{
    public async Task<LaunchedProgram> ForAsync(IResource resource, int replica, CancellationToken cancellationToken)
    {
        var (path, firstArguments, workingDirectory) = Programs.Find(resource);
        var context = new ValueProviderContext
        {
            ExecutionContext = executionContext,
            Caller = resource,
            Replica = replica,
        };
        var arguments = await ArgumentsAsync(resource, context, cancellationToken);
        var variables = await VariablesAsync(resource, context, cancellationToken);
        return new LaunchedProgram(path, [.. firstArguments, .. arguments], workingDirectory, variables);
    }

    private static async Task<List<string>> ArgumentsAsync(
        IResource resource,
        ValueProviderContext context,
        CancellationToken cancellationToken
    )
    {
        var given = new CommandLineArgsCallbackContext([], resource, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(given);
        }

        var arguments = new List<string>();
        foreach (var argument in given.Args)
        {
            arguments.Add(await TextOfAsync(argument, context, cancellationToken));
        }

        return arguments;
    }

    private async Task<Dictionary<string, string>> VariablesAsync(
        IResource resource,
        ValueProviderContext context,
        CancellationToken cancellationToken
    )
    {
        var given = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken);
        AddPorts(resource, context.Replica, given.EnvironmentVariables);
        if (resource is ProjectResource)
        {
            AddEnvironmentName(given.EnvironmentVariables);
            Telemetry.AddVariables(configuration, resource.Name, context.Replica, given.EnvironmentVariables);
        }

        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(given);
        }

        var variables = InheritedEnvironment.Variables();
        foreach (var (name, value) in given.EnvironmentVariables)
        {
            variables[name] = await TextOfAsync(value, context, cancellationToken);
        }

        return variables;
    }

    /// <summary>A port goes into the variable its endpoint names; http ports of a project that name none go to ASPNETCORE_URLS.</summary>
    private static void AddPorts(IResource resource, int replica, Dictionary<string, object> variables)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        foreach (var endpoint in endpoints.Where(endpoint => endpoint.TargetPortEnvironmentVariable is not null))
        {
            variables[endpoint.TargetPortEnvironmentVariable!] = endpoint
                .Replicas[replica]
                .Port.ToString(CultureInfo.InvariantCulture);
        }

        var urls = endpoints
            .Where(endpoint => endpoint is { TargetPortEnvironmentVariable: null, UriScheme: "http" or "https" })
            .Select(endpoint => endpoint.Replicas[replica].UriString)
            .ToList();
        if (resource is ProjectResource && urls.Count > 0)
        {
            variables["ASPNETCORE_URLS"] = string.Join(';', urls);
        }
    }

    private void AddEnvironmentName(Dictionary<string, object> variables)
    {
        variables["ASPNETCORE_ENVIRONMENT"] = environment.EnvironmentName;
        variables["DOTNET_ENVIRONMENT"] = environment.EnvironmentName;
    }

    private static async ValueTask<string> TextOfAsync(
        object value,
        ValueProviderContext context,
        CancellationToken cancellationToken
    ) =>
        value switch
        {
            string text => text,
            IValueProvider provider => await provider.GetValueAsync(context, cancellationToken) ?? "",
            IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(
                context,
                cancellationToken
            ) ?? "",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
}
