using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a project lies. The build writes one class for each project that the AppHost references: Projects.Name.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }

    bool SuppressBuild => false;
}

/// <summary>
/// Where the program built from a project lies. The classes that this stand-in's build writes have it too; the real Aspire asks
/// `dotnet run` instead.
/// </summary>
public interface IBuiltProject
{
    string AssemblyPath { get; }
}
