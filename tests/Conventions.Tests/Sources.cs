using System.Collections.Frozen;
using Testing;

namespace Conventions.Tests;

/// <summary>The repository's own text: what is neither built, nor restored, nor an editor's.</summary>
internal static class Sources
{
    private static readonly FrozenSet<string> NotOurs = FrozenSet.Create(
        ".aspire",
        ".git",
        ".idea",
        ".vs",
        ".vscode",
        "BenchmarkDotNet.Artifacts",
        "TestResults",
        "bin",
        "cdk.out",
        "node_modules",
        "obj"
    );

    private static readonly FrozenSet<string> NotText = FrozenSet.Create(".png", ".binlog", ".dll", ".pdb", ".user");

    public static IReadOnlyList<SourceFile> All { get; } =
    [.. FilesIn(new DirectoryInfo(Repository.Root)).OrderBy(file => file.Path, StringComparer.Ordinal)];

    public static IReadOnlyList<SourceFile> CSharp { get; } = [.. All.Where(file => file.Is(".cs"))];

    /// <summary>The code that runs in production: no tests, no benchmarks, and no stand-ins, whose shape is somebody else's.</summary>
    public static IReadOnlyList<SourceFile> Product { get; } =
    [.. CSharp.Where(file => file.Top is not ("tests" or "standins" or "bench"))];

    public static IReadOnlyList<SourceFile> Projects { get; } = [.. All.Where(file => file.Is(".csproj"))];

    public static IReadOnlyList<SourceFile> Pages { get; } = [.. All.Where(file => file.Is(".md"))];

    public static SourceFile At(string path) => All.Single(file => file.Path == path);

    private static IEnumerable<SourceFile> FilesIn(DirectoryInfo folder) =>
        folder
            .EnumerateFiles()
            .Where(file => !NotText.Contains(file.Extension))
            .Select(file => new SourceFile(
                Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'),
                File.ReadAllText(file.FullName)
            ))
            .Concat(folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name)).SelectMany(FilesIn));
}
