using System.Text;
using System.Text.RegularExpressions;

namespace Conventions.Tests.Documents;

public sealed partial class LinkTests
{
    [Fact]
    public void Every_link_leads_somewhere() =>
        Rule.Holds(
            "A link that leads nowhere costs each reader a search.",
            from page in Sources.Pages
            from Match match in Link().Matches(WithoutCode(page.Text))
            let link = match.Groups["target"].Value
            where !link.Contains("://", StringComparison.Ordinal) && !Leads(page, link)
            select $"{page.Path}: {link}"
        );

    [Fact]
    public void Every_file_that_a_page_names_is_there() =>
        Rule.Holds(
            "A page names files as they are called today.",
            from page in Sources.Pages
            where page.Path != "CHANGELOG.md"
            from Match match in NamedFile().Matches(page.Text)
            let named = match.Groups["path"].Value
            where IsOurs(page, named) && !IsThere(named) && !IsThere(Resolve(page.Folder, named))
            select $"{page.Path}: {named}"
        );

    private static bool Leads(SourceFile page, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? page.Path : Resolve(page.Folder, parts[0]);
        return IsThere(target)
            && (
                parts.Length == 1
                || !target.EndsWith(".md", StringComparison.Ordinal)
                || Headings(Sources.At(target)).Contains(parts[1])
            );
    }

    /// <summary>Pages cite other repositories too; ours is what begins with a folder of ours.</summary>
    private static bool IsOurs(SourceFile page, string named)
    {
        var first = named.Split('/')[0];
        return IsThere(first) || IsThere(Resolve(page.Folder, first));
    }

    private static bool IsThere(string path) =>
        File.Exists(Testing.Repository.PathOf(path)) || Directory.Exists(Testing.Repository.PathOf(path));

    private static string Resolve(string folder, string relative) =>
        Path.GetRelativePath("/", Path.GetFullPath(relative, $"/{folder}")).Replace('\\', '/');

    /// <summary>The anchors that a forge makes of headings: lower case, without punctuation, blanks as hyphens.</summary>
    private static IEnumerable<string> Headings(SourceFile page)
    {
        foreach (Match heading in Heading().Matches(WithoutCode(page.Text)))
        {
            var anchor = new StringBuilder();
            foreach (var character in heading.Groups["text"].Value.ToLowerInvariant())
            {
                if (char.IsLetterOrDigit(character) || character is '-' or '_')
                {
                    anchor.Append(character);
                }
                else if (character == ' ')
                {
                    anchor.Append('-');
                }
            }

            yield return anchor.ToString();
        }
    }

    private static string WithoutCode(string text) => CodeBlock().Replace(text, "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>[\w.\-]+(/[\w.\-]+)+\.(cs|csproj|mjs|json|md|props|targets|svg|sh))`")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"^#+ (?<text>.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
