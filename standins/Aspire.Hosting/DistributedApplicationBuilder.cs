using System.Reflection;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

internal sealed partial class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private const int NameCharactersMax = 64;

    private readonly HostApplicationBuilder _host;
    private readonly ResourceCollection _resources = [];

    public DistributedApplicationBuilder(string[] args)
    {
        AppHostAssembly = Assembly.GetEntryAssembly();
        AppHostDirectory = ProjectDirectoryOf(AppHostAssembly) ?? Directory.GetCurrentDirectory();
        _host = new HostApplicationBuilder(
            new HostApplicationBuilderSettings
            {
                Args = args,
                ContentRootPath = AppHostDirectory,
                ApplicationName = AppHostAssembly?.GetName().Name,
                EnvironmentName = EnvironmentName(),
            }
        );
        _host.Services.AddSingleton<IResourceCollection>(_resources);
        _host.Services.AddSingleton<DistributedApplicationModel>();
        _host.Services.AddSingleton(ExecutionContext);
        _host.Services.AddSingleton(Eventing);
        _host.Services.AddSingleton(new ResourceNotificationService());
        _host.AddRunning();
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new(DistributedApplicationOperation.Run);

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public IResourceCollection Resources => _resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (!ValidName().IsMatch(resource.Name) || resource.Name.Length > NameCharactersMax)
        {
            throw new DistributedApplicationException(
                $"'{resource.Name}' is no name for a resource: ASCII letters, digits and single hyphens, a letter first, at most {NameCharactersMax}."
            );
        }

        if (_resources.Any(other => string.Equals(other.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException($"There are two resources of the name '{resource.Name}'.");
        }

        _resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build() => new(_host.Build());

    /// <summary>`dotnet run` starts in the caller's folder, so the build notes where the project lies.</summary>
    private static string? ProjectDirectoryOf(Assembly? assembly) =>
        assembly
            ?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key is "apphostprojectpath")
            ?.Value;

    /// <summary>Development, unless said otherwise: this is what runs an application on its developer's machine.</summary>
    private static string EnvironmentName() =>
        System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? System.Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
        ?? Environments.Development;

    [GeneratedRegex("^[a-zA-Z]([a-zA-Z0-9]|-(?=[a-zA-Z0-9]))*$")]
    private static partial Regex ValidName();
}
