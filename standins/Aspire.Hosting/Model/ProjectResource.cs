namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project, started as the program that was built from it.</summary>
public class ProjectResource(string name)
    : Resource(name),
        IResourceWithEnvironment,
        IResourceWithArgs,
        IResourceWithServiceDiscovery,
        IResourceWithWaitSupport;
