using System.Reflection;

namespace Testing;

/// <summary>Where the sources are: the emulators and the built programs are found from here.</summary>
public static class Repository
{
    public static string Root { get; } =
        typeof(Repository)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot")
            .Value!;

    /// <summary>The configuration this build has, "Debug" or "Release": programs are started as built with it.</summary>
    public static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The built program of a project at the top level, as a path to its dll.</summary>
    public static string ProgramOf(string project) =>
        PathOf(project, "bin", Configuration, "net10.0", $"{Path.GetFileName(project)}.dll");
}
