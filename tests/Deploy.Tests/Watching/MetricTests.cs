using System.Text.RegularExpressions;
using Testing;

namespace Deploy.Tests.Watching;

/// <summary>Metrics of ours have one name from the code to the alarm.</summary>
public sealed partial class MetricTests
{
    private static readonly string Collector = File.ReadAllText(
        Repository.PathOf("Deploy", "Running", "collector.yaml")
    );

    private static readonly string Telemetry = File.ReadAllText(Repository.PathOf("docs", "telemetry.md"));

    [Fact]
    public void The_collector_passes_on_what_the_services_measure() =>
        Assert.All(Passed(), metric => Assert.Contains($"| `{metric}` |", Telemetry));

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Alarms_and_dashboard_show_what_the_collector_passes_on(string name)
    {
        var template = Template.Named(name);
        var shown = template.Of("AWS::CloudWatch::Alarm").Concat(template.Of("AWS::CloudWatch::Dashboard"));

        var metrics = shown
            .SelectMany(resource => OurMetric().Matches(resource.Json.ToJsonString()))
            .Select(match => match.Value);

        Assert.All(metrics, metric => Assert.Contains(metric, Passed()));
    }

    [Fact]
    public void Every_metric_passed_on_is_declared_with_its_dimensions()
    {
        var selectors = Selector()
            .Matches(Collector)
            .Select(match => new Regex(match.Groups["pattern"].Value))
            .ToList();

        Assert.NotEmpty(selectors);
        Assert.All(Passed(), metric => Assert.Contains(selectors, selector => selector.IsMatch(metric)));
    }

    private static IReadOnlyList<string> Passed() =>
        [.. PassedOn().Matches(Collector).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"^ +- (?<name>genesys\.[\w.]+)$", RegexOptions.Multiline)]
    private static partial Regex PassedOn();

    [GeneratedRegex(@"^ +- (?<pattern>\^.+\$)$", RegexOptions.Multiline)]
    private static partial Regex Selector();

    [GeneratedRegex(@"genesys(\.[a-z_]+)+(?=\\*"")")]
    private static partial Regex OurMetric();
}
