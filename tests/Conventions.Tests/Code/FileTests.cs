using System.Collections.Frozen;

namespace Conventions.Tests.Code;

public sealed class FileTests
{
    private const int LinesMax = 400;

    private static readonly FrozenSet<string> KindsOfClass = FrozenSet.Create(
        "Abstractions",
        "Common",
        "Core",
        "Extensions",
        "Helpers",
        "Models",
        "Services",
        "Shared",
        "Utils"
    );

    [Fact]
    public void No_file_of_code_is_longer_than_400_lines() =>
        Rule.Holds(
            $"A file of more than {LinesMax} lines has more than one job.",
            from file in Sources.All
            where file.Is(".cs") || file.Is(".razor") || file.Is(".mjs")
            let lines = file.Text.AsSpan().Count('\n')
            where lines > LinesMax
            select $"{file.Path}: {lines} lines"
        );

    [Fact]
    public void No_folder_is_named_for_a_kind_of_class() =>
        Rule.Holds(
            "A folder is something the system does, never a kind of class.",
            Sources
                .All.Where(file => file.Folder.Split('/').Any(KindsOfClass.Contains))
                .Select(file => file.Folder)
                .Distinct()
        );

    [Fact]
    public void A_namespace_follows_its_folder() =>
        Rule.Holds(
            "A file's namespace is its folder's path, or that of a folder above where the folder only sorts.",
            from file in Sources.Product
            let folder = $"{file.Folder.Replace('/', '.')};"
            from numbered in file.Lines
            where numbered.Line.StartsWith("namespace ", StringComparison.Ordinal)
            let name = numbered.Line["namespace ".Length..].TrimEnd(';')
            where
                !folder.StartsWith($"{name};", StringComparison.Ordinal)
                && !folder.StartsWith($"{name}.", StringComparison.Ordinal)
            select $"{file.Path}:{numbered.Number}: {numbered.Line}"
        );
}
