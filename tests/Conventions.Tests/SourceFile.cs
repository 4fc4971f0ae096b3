namespace Conventions.Tests;

/// <summary>One file of the repository.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Text">Its content.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary>The first folder: a project, or <c>tests</c>, <c>standins</c>, <c>docs</c>.</summary>
    public string Top => Path.Split('/')[0];

    /// <summary>The lines, each with its number.</summary>
    public IEnumerable<(int Number, string Line)> Lines => Text.Split('\n').Select((line, index) => (index + 1, line));

    public bool Is(string extension) => Path.EndsWith(extension, StringComparison.Ordinal);
}
