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
    public void A_decision_has_a_number_of_its_own() =>
        Rule.Holds(
            "A record is named by four digits that no other has, and by what was decided.",
            from same in Records.GroupBy(record => record.Name.Split('-')[0])
            where same.Count() > 1 || same.Key.Length != 4 || !same.Key.All(char.IsAsciiDigit)
            from record in same
            select record.Path
        );

    private static bool IsPart(string line) => line.StartsWith("## ", StringComparison.Ordinal);
}
