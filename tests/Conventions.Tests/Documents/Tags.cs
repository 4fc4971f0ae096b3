using System.Text.RegularExpressions;

namespace Conventions.Tests.Documents;

/// <summary>The names of the tags that instruments of the product are given.</summary>
internal static partial class Tags
{
    public static IEnumerable<string> All =>
        Sources
            .Product.Where(file => file.Text.Contains("IMeterFactory", StringComparison.Ordinal))
            .SelectMany(file => Tag().Matches(file.Text))
            .Select(match => match.Groups["name"].Value)
            .Distinct();

    [GeneratedRegex(@"(KeyValuePair<string, object\?>\(|\bnew\(|\{ )\s*""(?<name>[a-z][a-z_.]*)"",")]
    private static partial Regex Tag();
}
