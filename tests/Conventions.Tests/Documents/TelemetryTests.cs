namespace Conventions.Tests.Documents;

public sealed class TelemetryTests
{
    private const string Page = "docs/telemetry.md";

    [Fact]
    public void The_page_lists_every_metric() =>
        GeneratedPart.TellsTheTruth(
            Page,
            "metrics",
            Instruments
                .All.GroupBy(instrument => instrument.Program)
                .SelectMany(program =>
                    Table(
                        program.Key,
                        ["metric", "kind", "unit", "what it counts"],
                        program.Select(instrument =>
                            GeneratedPart.Row(
                                $"`{instrument.Name}`",
                                instrument.Kind,
                                $"`{instrument.Unit}`",
                                instrument.Description
                            )
                        )
                    )
                )
        );

    [Fact]
    public void The_page_lists_every_log_message() =>
        GeneratedPart.TellsTheTruth(
            Page,
            "log messages",
            LogEvents
                .All.GroupBy(log => log.Program)
                .SelectMany(program =>
                    Table(
                        program.Key,
                        ["id", "level", "message", "from"],
                        program.Select(log =>
                            GeneratedPart.Row($"{log.Id}", $"{log.Level}", $"{log.Message}", $"`{log.Source}`")
                        )
                    )
                )
        );

    [Fact]
    public void The_page_lists_every_span()
    {
        var page = Sources.At(Page).Text;

        Rule.Holds(
            $"{Page} names every source of spans and every span.",
            Spans.All.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_page_lists_every_tag()
    {
        var page = Sources.At(Page).Text;

        Rule.Holds(
            $"{Page} names every tag.",
            Tags.All.Where(tag => !page.Contains($"`{tag}`", StringComparison.Ordinal))
        );
    }

    private static IEnumerable<string> Table(string program, string[] columns, IEnumerable<string> rows) =>
        [$"### {program}", "", GeneratedPart.Row(columns), GeneratedPart.Row(columns.Select(_ => "---")), .. rows, ""];
}
