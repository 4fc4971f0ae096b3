using System.Reflection;

namespace Conventions.Tests;

/// <summary>The built programs and libraries of the product.</summary>
internal static class Programs
{
    /// <summary>Compose the others and have neither options nor telemetry of their own.</summary>
    private static readonly string[] Compositions = ["AppHost", "Deploy"];

    public static IReadOnlyList<Assembly> All { get; } =
    [
        .. Sources
            .Projects.Where(project =>
                project.Top is not ("tests" or "standins" or "bench") && !Compositions.Contains(project.Top)
            )
            .Select(project => Path.GetFileNameWithoutExtension(project.Path))
            .Order(StringComparer.Ordinal)
            .Select(Load),
    ];

    public static IEnumerable<Type> TypesOf(Assembly program) =>
        program.GetTypes().Where(type => !type.Name.Contains('<', StringComparison.Ordinal));

    private static Assembly Load(string name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException)
        {
            throw new InvalidOperationException(
                $"{name} is a program or library of the product: Conventions.Tests.csproj must reference it."
            );
        }
    }
}
