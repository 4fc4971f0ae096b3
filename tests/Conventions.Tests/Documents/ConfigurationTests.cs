namespace Conventions.Tests.Documents;

public sealed class ConfigurationTests
{
    private const string Page = "docs/configuration.md";

    [Fact]
    public void The_page_lists_every_setting() =>
        GeneratedPart.TellsTheTruth(
            Page,
            "settings",
            Settings
                .All.GroupBy(setting => setting.Program)
                .SelectMany(program =>
                    (string[])
                        [
                            $"### {program.Key}",
                            "",
                            GeneratedPart.Row("setting", "default", "allowed", "what it does, and why so"),
                            GeneratedPart.Row("---", "---", "---", "---"),
                            .. program.Select(setting =>
                                GeneratedPart.Row($"`{setting.Key}`", setting.Default, setting.Allowed, setting.Why)
                            ),
                            "",
                        ]
                )
        );

    [Fact]
    public void Every_number_says_why() =>
        Rule.Holds(
            "A comment above the setting says what it does and why this default.",
            Settings
                .All.Where(setting => setting is { IsNumber: true, Why.Length: 0 })
                .Select(setting => $"{setting.Program} {setting.Key}")
        );
}
