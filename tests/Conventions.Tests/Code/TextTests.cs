using System.Text.RegularExpressions;

namespace Conventions.Tests.Code;

public sealed partial class TextTests
{
    [Fact]
    public void Nothing_is_left_unfinished() =>
        Rule.Holds("What is not done is an issue, not a comment.", Rule.Matches(Others(Sources.CSharp), Unfinished()));

    [Fact]
    public void No_test_is_skipped() =>
        Rule.Holds(
            "A test that does not run tests nothing.",
            Rule.Matches(Others(Sources.CSharp).Where(file => file.Top == "tests"), Skipped())
        );

    [Fact]
    public void Nothing_leaves_the_context_it_runs_on() =>
        Rule.Holds(
            "There is no context to leave in a server, and the simulation needs its own.",
            Rule.Matches(Sources.Product, LeavesContext())
        );

    [Fact]
    public void No_task_is_started_and_forgotten() =>
        Rule.Holds(
            "Nobody sees how a forgotten task ends.",
            // Waiting is the one place where something is passed on without anybody to wait for it.
            Rule.Matches(Sources.Product.Where(file => file.Path != "Processor/Receiving/Waiting.cs"), Forgotten())
        );

    [Fact]
    public void The_switch_is_asked_in_the_AppHost_alone() =>
        Rule.Holds(
            "The services are the same code in both modes.",
            Rule.Matches(
                Sources.Product.Where(file => file.Top is not ("AppHost" or "Deploy")),
                ConditionalCompilation()
            )
        );

    [Fact]
    public void Meters_come_from_the_factory() =>
        Rule.Holds("A meter of one's own outlives its test.", Rule.Matches(Sources.Product, OwnMeter()));

    [Fact]
    public void No_code_is_folded_away() =>
        Rule.Holds("A file that needs regions is two files.", Rule.Matches(Others(Sources.CSharp), Region()));

    /// <summary>All but this file, which has to name what it looks for.</summary>
    private static IEnumerable<SourceFile> Others(IEnumerable<SourceFile> files) =>
        files.Where(file => file.Name != $"{nameof(TextTests)}.cs");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bSkip\s*=|Assert\.True\(true\)|\[Ignore")]
    private static partial Regex Skipped();

    [GeneratedRegex(@"\bConfigureAwait\(false\)|\bTask\.Run\(|\.ReadAllAsync\(")]
    private static partial Regex LeavesContext();

    [GeneratedRegex(@"^\s*_ = \w[\w.]*Async\(|\basync void\b")]
    private static partial Regex Forgotten();

    [GeneratedRegex(@"^\s*#(if|elif|else)\b")]
    private static partial Regex ConditionalCompilation();

    [GeneratedRegex(@"\bnew Meter\(")]
    private static partial Regex OwnMeter();

    [GeneratedRegex(@"^\s*#(end)?region\b")]
    private static partial Regex Region();
}
