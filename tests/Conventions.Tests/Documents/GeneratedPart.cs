using Testing;

namespace Conventions.Tests.Documents;

/// <summary>
/// A part of a page that the code decides, between <c>&lt;!-- generated: name --&gt;</c> and <c>&lt;!-- end of name --&gt;</c>.
/// With <c>UPDATE_DOCS=1</c> in the environment it is rewritten, otherwise compared.
/// </summary>
internal static class GeneratedPart
{
    private static readonly bool Rewrites = Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    public static void TellsTheTruth(string path, string part, IEnumerable<string> lines)
    {
        var text = File.ReadAllText(Repository.PathOf(path));
        var begin = $"<!-- generated: {part} -->\n";
        var end = $"<!-- end of {part} -->";
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var stop = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(start >= begin.Length && stop >= start, $"{path} has no part between {begin.Trim()} and {end}.");

        var expected = lines.ToList();
        var actual = text[start..stop].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (Rewrites)
        {
            File.WriteAllText(
                Repository.PathOf(path),
                $"{text[..start]}\n{string.Join('\n', expected).Trim()}\n\n{text[stop..]}"
            );
            return;
        }

        Rule.Holds(
            $"{path} and the code differ. UPDATE_DOCS=1 dotnet test tests/Conventions.Tests rewrites the page:",
            expected
                .Where(line => line.Length > 0)
                .Except(actual)
                .Select(line => $"+ {line}")
                .Concat(actual.Except(expected).Select(line => $"- {line}"))
        );
    }

    public static string Row(params IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
