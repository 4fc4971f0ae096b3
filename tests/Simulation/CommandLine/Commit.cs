using System.Reflection;

namespace Simulation.CommandLine;

/// <summary>What was built: a seed tells a story only together with it.</summary>
internal static class Commit
{
    /// <summary>The build writes the commit behind the version, where it is one of a repository.</summary>
    public static string Current { get; } =
        typeof(Commit).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            is { } version
        && version.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus
            ? version[(plus + 1)..]
            : "unknown";
}
