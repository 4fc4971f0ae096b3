using System.Diagnostics;
using Testing;

namespace Simulation.Mutants;

/// <summary>
/// A copy of the sources with every mutant in it, built beside the product and never in its place: one build serves all mutants, and
/// an environment variable says which is on.
/// </summary>
internal static class MutatedTree
{
    private static readonly string[] Folders =
    [
        "Events",
        "GenesysApi",
        "Processor",
        "ServiceDefaults",
        "standins",
        Path.Combine("tests", "Testing"),
        Path.Combine("tests", "Processor.Testing"),
        Path.Combine("tests", "Simulation"),
        Path.Combine("tests", "GenesysApi.Tests", "Simulated"),
        Path.Combine("tests", "GenesysApi.Tests", "Budget"),
        Path.Combine("tests", "GenesysApi.Tests", "Mocked"),
        Path.Combine("tests", "Processor.Tests", "Contracts"),
        Path.Combine("tests", "Processor.Tests", "Enrichment"),
        Path.Combine("tests", "Events.Tests", "Samples"),
        Path.Combine("AppHost", "emulators"),
    ];

    private static readonly string[] LeftOut = ["bin", "obj", "node_modules"];

    /// <summary>What a mutant asks; it belongs to the copy alone.</summary>
    private const string Switch = $$"""
        namespace Events;

        /// <summary>Which mutant is on.</summary>
        public static class MutantSwitch
        {
            private static readonly string? On = System.Environment.GetEnvironmentVariable("{{Mutant.Variable}}");

            public static bool IsOn(string name) => name == On;
        }
        """;

    /// <returns>The simulation's program with the mutants in it.</returns>
    public static string Build(TextWriter output)
    {
        var root = Path.Combine(Repository.Root, "tests", "Simulation", "obj", "mutants");
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        Copy(Repository.Root, root);
        foreach (var mutant in AllMutants.List)
        {
            var file = Path.Combine(root, mutant.File);
            File.WriteAllText(file, mutant.Apply(File.ReadAllText(file)));
        }

        File.WriteAllText(Path.Combine(root, "Events", "MutantSwitch.cs"), Switch);
        output.WriteLine($"Building a copy with {AllMutants.List.Count} mutants in it.");
        return BuildProgram(root);
    }

    private static string BuildProgram(string root)
    {
        var project = Path.Combine(root, "tests", "Simulation");
        using var build = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    "build",
                    project,
                    "-c",
                    "Release",
                    "-v",
                    "quiet",
                    "-nologo",
                    // A mutant is no pretty code, and the emulators are not needed.
                    "-p:TreatWarningsAsErrors=false",
                    "-p:RunAnalyzers=false",
                    "-p:GenerateDocumentationFile=false",
                    "-p:NoWarn=*",
                    "-p:WithoutEmulators=true",
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var said = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0
            ? Path.Combine(project, "bin", "Release", "net10.0", "Simulation.dll")
            : throw new InvalidOperationException($"The mutants do not build:{Environment.NewLine}{said}");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(file => Path.GetExtension(file) is not ".sln"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Folders)
        {
            CopyFolder(Path.Combine(from, folder), Path.Combine(to, folder));
        }

        foreach (var props in Directory.EnumerateFiles(Path.Combine(from, "tests")))
        {
            File.Copy(props, Path.Combine(to, "tests", Path.GetFileName(props)));
        }
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            var name = Path.GetFileName(folder);
            if (!LeftOut.Contains(name))
            {
                CopyFolder(folder, Path.Combine(to, name));
            }
        }
    }
}
