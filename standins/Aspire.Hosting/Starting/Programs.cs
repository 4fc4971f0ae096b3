using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Starting;

/// <summary>Finds what to start for a resource, before anything starts.</summary>
internal static class Programs
{
    public static (string Path, IReadOnlyList<string> FirstArguments, string WorkingDirectory) Find(
        IResource resource
    ) =>
        resource switch
        {
            ProjectResource project => ForProject(project),
            ExecutableResource executable => ForExecutable(executable),
            var unknown => throw new DistributedApplicationException(
                $"A resource of the type {unknown.GetType().Name} cannot be started."
            ),
        };

    /// <summary>The program that was built, by the runtime that runs the AppHost: `dotnet run` would build again and be a process more.</summary>
    private static (string, IReadOnlyList<string>, string) ForProject(ProjectResource project)
    {
        var metadata = project.Annotations.OfType<IProjectMetadata>().Last();
        var projectFile = ProjectFile(project, metadata.ProjectPath);
        var assembly = metadata is IBuiltProject built ? built.AssemblyPath : BuiltLikeTheAppHost(projectFile);
        return File.Exists(assembly)
            ? (DotnetHost.Path, ["exec", assembly], Path.GetDirectoryName(projectFile)!)
            : throw Unstartable(project, $"{assembly} is not built. Build it: dotnet build {projectFile}");
    }

    private static string ProjectFile(ProjectResource project, string path) =>
        File.Exists(path) ? path
        : Directory.Exists(path) && Directory.GetFiles(path, "*.csproj") is [var only] ? only
        : throw Unstartable(project, $"there is no project at {path}.");

    /// <summary>`bin/Debug/net10.0/Name.dll` when the AppHost runs from its own `bin/Debug/net10.0`.</summary>
    private static string BuiltLikeTheAppHost(string projectFile)
    {
        var configuration =
            Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
        var framework = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
        var assembly = Path.GetFileNameWithoutExtension(projectFile) + ".dll";
        return Path.Combine(Path.GetDirectoryName(projectFile)!, "bin", configuration, framework, assembly);
    }

    private static (string, IReadOnlyList<string>, string) ForExecutable(ExecutableResource executable)
    {
        if (!Directory.Exists(executable.WorkingDirectory))
        {
            throw Unstartable(executable, $"its folder {executable.WorkingDirectory} does not exist.");
        }

        var command = executable.Command;
        var candidates = command.Contains('/', StringComparison.Ordinal)
            ? [Path.GetFullPath(command, executable.WorkingDirectory)]
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, command));
        var path =
            candidates.FirstOrDefault(File.Exists)
            ?? throw Unstartable(
                executable,
                $"there is no program '{command}'. Install it and have it in PATH, or give its full path."
            );
        return (path, [], executable.WorkingDirectory);
    }

    private static DistributedApplicationException Unstartable(IResource resource, string why) =>
        new($"Resource '{resource.Name}' cannot start: {why}");
}
