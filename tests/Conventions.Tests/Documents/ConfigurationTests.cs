using System.Text.RegularExpressions;

namespace Conventions.Tests.Documents;

public sealed partial class ConfigurationTests
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
    public void The_page_lists_what_the_AppHost_can_be_told()
    {
        var page = Sources.At(Page).Text;

        Rule.Holds(
            $"{Page} names every setting of the AppHost.",
            Argument()
                .Matches(Sources.At("AppHost/Settings.cs").Text)
                .Select(argument => argument.Groups["name"].Value)
                .Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Every_number_says_why() =>
        Rule.Holds(
            "A comment above the setting says what it does and why this default.",
            Settings
                .All.Where(setting => setting is { IsNumber: true, Why.Length: 0 })
                .Select(setting => $"{setting.Program} {setting.Key}")
        );

    [GeneratedRegex(@"--(?<name>\w+:\w+)=")]
    private static partial Regex Argument();
}
