namespace Conventions.Tests;

internal static class Rule
{
    /// <summary>Fails with all offences at once, each on a line of its own.</summary>
    public static void Holds(string rule, IEnumerable<string> offences)
    {
        var found = offences.ToList();

        Assert.True(found.Count == 0, $"{rule}\n  {string.Join("\n  ", found)}");
    }

    /// <summary>The places where a line of these files matches.</summary>
    public static IEnumerable<string> Matches(
        IEnumerable<SourceFile> files,
        System.Text.RegularExpressions.Regex pattern
    ) =>
        from file in files
        from numbered in file.Lines
        where pattern.IsMatch(numbered.Line)
        select $"{file.Path}:{numbered.Number}: {numbered.Line.Trim()}";
}
