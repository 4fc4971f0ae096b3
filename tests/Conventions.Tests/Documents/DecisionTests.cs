using System.Globalization;

namespace Conventions.Tests.Documents;

public sealed class DecisionTests
{
    private const string Folder = "docs/decisions";

    private static readonly string[] Parts =
    [
        "## Context",
        "## Decision",
        "## Consequences",
        "## What would change our mind",
    ];

    private static readonly List<SourceFile> Records = [.. Sources.Pages.Where(page => page.Folder == Folder)];

    [Fact]
    public void A_decision_has_four_parts_in_their_order() =>
        Rule.Holds(
            $"A decision record has {string.Join(", ", Parts)}, and no other part.",
            from record in Records
            where !record.Lines.Select(line => line.Line).Where(IsPart).SequenceEqual(Parts)
            select record.Path
        );

    [Fact]
    public void Decisions_are_numbered_without_gaps() =>
        Assert.Equal(
            Enumerable.Range(1, Records.Count).Select(number => number.ToString("0000", CultureInfo.InvariantCulture)),
            Records.Select(record => record.Name.Split('-')[0])
        );

    private static bool IsPart(string line) => line.StartsWith("## ", StringComparison.Ordinal);
}
