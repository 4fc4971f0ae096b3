using System.Text.RegularExpressions;

namespace Conventions.Tests.Documents;

/// <summary>The page that promises what happens when something breaks, held against the tests that show it.</summary>
public sealed partial class FailureModeTests
{
    private const string Page = "docs/failure-modes.md";

    [Fact]
    public void Every_test_that_is_named_exists() =>
        Rule.Holds(
            "A promise whose test is gone is only a promise.",
            from Match match in NamedTest().Matches(Sources.At(Page).Text)
            let type = match.Groups["type"].Value
            let test = match.Groups["test"].Value
            where !Sources.CSharp.Any(file => Declares(file, type, test))
            select $"{type}.{test}"
        );

    [Fact]
    public void Every_row_names_a_test() =>
        Rule.Holds(
            "What breaks, and no test that shows what is done, is a guess.",
            from numbered in Sources.At(Page).Lines
            where Row().IsMatch(numbered.Line) && !NamedTest().IsMatch(numbered.Line)
            select numbered.Line
        );

    [Fact]
    public void Every_metric_that_is_named_is_one_of_ours()
    {
        var telemetry = Sources.At("docs/telemetry.md").Text;

        Rule.Holds(
            "An operator who looks for a metric that nobody emits sees nothing and thinks that all is well.",
            from Match match in NamedMetric().Matches(Sources.At(Page).Text)
            where !telemetry.Contains($"`{match.Groups["metric"].Value}`", StringComparison.Ordinal)
            select match.Groups["metric"].Value
        );
    }

    private static bool Declares(SourceFile file, string type, string test) =>
        file.Top == "tests"
        && file.Text.Contains($"class {type}", StringComparison.Ordinal)
        && Regex.IsMatch(file.Text, $@"\b{Regex.Escape(test)}\(");

    [GeneratedRegex("`(?<type>[A-Z][A-Za-z0-9]+)\\.(?<test>[A-Z][A-Za-z0-9]*_\\w+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"^\| (?!what breaks)")]
    private static partial Regex Row();

    [GeneratedRegex("`(?<metric>genesys\\.[a-z_.]+)`")]
    private static partial Regex NamedMetric();
}
