using System.Text.RegularExpressions;
using Testing;

namespace Deploy.Tests.Watching;

public sealed partial class AlarmTests
{
    private const string Alarm = "AWS::CloudWatch::Alarm";

    /// <summary>By the beginning of their names; what is watched everywhere, and what for some shapes alone.</summary>
    private static readonly string[] Everywhere =
    [
        "EventsOldest",
        "EnrichmentOldest",
        "EventsInFlight",
        "DeadLetters",
        "DeadLettersExpire",
        "EnrichmentDeadLetters",
        "EnrichmentDeadLettersExpire",
        "Undelivered",
        "genesyseventsFailed",
        "genesyseventsSentToDlq",
        "genesyseventsLost",
        "genesyseventsThrottled",
        "ReadsThrottled",
        "WritesThrottled",
        "DrainAbandoned",
        "BudgetBlocked",
        "ClientRefused",
        "DeferredLong",
    ];

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void What_must_be_watched_is_watched(string name)
    {
        string[] here =
        [
            .. Everywhere,
            .. name.Contains("fargate", StringComparison.Ordinal)
                ? ["NoProcessor"]
                : new[] { "ProcessorErrors", "ProcessorThrottled", "ProcessorSlow", "NoEnrichment" },
            .. name.StartsWith("ingestor", StringComparison.Ordinal)
                ? new[] { "NoIngestor", "IngestorRefuses", "IngestorSlow", "IngestorUnhealthy" }
                : [],
            .. name.Contains("operations", StringComparison.Ordinal) ? new[] { "NoOperations", "RedriveFailed" } : [],
        ];

        var alarms = Template.Named(name).Of(Alarm).Select(alarm => NameOf(alarm.Id));

        Assert.Equal(here.Order(StringComparer.Ordinal), alarms.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void An_alarm_says_what_to_do_and_tells_somebody(string name)
    {
        var template = Template.Named(name);
        var topic = $"${{{template.Of("AWS::SNS::Topic").Single().Id}}}";

        Assert.All(
            template.Of(Alarm),
            alarm =>
            {
                Assert.True(alarm.Text("AlarmDescription")?.Length > 30, $"{alarm}");
                Assert.Equal([topic], Expression.TextsOf(alarm.Properties["AlarmActions"]));
                Assert.Equal("notBreaching", alarm.Text("TreatMissingData"));
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Dead_letters_are_told_of_three_days_before_the_first_can_expire(string name)
    {
        var template = Template.Named(name);
        var source = template.At("EventsQueue").Number("MessageRetentionPeriod");
        var kept = template.At("DeadLetterQueue").Number("MessageRetentionPeriod");

        var alarm = template.Find(Alarm, "AlarmsDeadLettersExpire")!;

        // SQS counts the age from the arrival as a dead letter, the expiry from the first sending.
        Assert.Equal("ApproximateAgeOfOldestMessage", alarm.Text("MetricName"));
        Assert.Equal(kept - source - TimeSpan.FromDays(3).TotalSeconds, alarm.Number("Threshold"));
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Messages_in_flight_are_told_of_before_SQS_gives_no_more(string name) =>
        Assert.Equal(96_000, Template.Named(name).Find(Alarm, "AlarmsEventsInFlight")!.Number("Threshold"));

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Metrics_of_a_bus_of_ones_own_have_its_name(string name) =>
        Assert.All(
            Template.Named(name).Of(Alarm).Where(alarm => alarm.Text("Namespace") == "AWS/Events"),
            alarm =>
                Assert.Equal(
                    ["EventBusName", "RuleName"],
                    alarm.Properties["Dimensions"]!.AsArray().Select(dimension => (string)dimension!["Name"]!)
                )
        );

    /// <summary>The counts go by the numbers of log messages; docs/telemetry.md has them all.</summary>
    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void What_is_counted_in_the_log_is_said_there(string name)
    {
        var said = File.ReadAllText(Repository.PathOf("docs", "telemetry.md"));
        var words = new Dictionary<string, string>
        {
            ["202"] = "Drained: received {Received} = done {Done} + released {Released}; abandoned {Abandoned}.",
            ["262"] = "goes to the dead letters",
            ["353"] = "The OAuth client is refused",
        };

        Assert.All(
            Template.Named(name).Of("AWS::Logs::MetricFilter"),
            filter =>
            {
                var id = Number().Match(filter.Text("FilterPattern")!).Groups["id"].Value;
                Assert.Contains(
                    words[id],
                    Lines(said).Single(line => line.StartsWith($"| {id} |", StringComparison.Ordinal))
                );
            }
        );
    }

    [Theory]
    [InlineData(
        "14:01:12.345 info: Processor.Processing.EventLoop[202] Drained: received 9 = done 7 + released 1; abandoned 1.",
        true
    )]
    [InlineData(
        "14:01:12.345 info: Processor.Processing.EventLoop[202] Drained: received 9 = done 9 + released 0; abandoned 0.",
        false
    )]
    [InlineData(
        "14:01:12.345 info: Processor.Processing.EventLoop[201] Receiving with 8 pollers and 160 slots.",
        false
    )]
    public void A_drain_is_counted_only_if_it_left_something(string line, bool counted)
    {
        var filter = Template
            .Named("native-fargate")
            .Of("AWS::Logs::MetricFilter")
            .Single(filter => filter.Text("FilterPattern")!.Contains("202", StringComparison.Ordinal));

        // Quoted terms are all looked for; one behind a minus must be missing.
        var terms = Term().Matches(filter.Text("FilterPattern")!);

        Assert.Equal(
            counted,
            terms.All(term =>
                line.Contains(term.Groups["text"].Value, StringComparison.Ordinal) == !term.Groups["not"].Success
            )
        );
    }

    private static string[] Lines(string text) => text.Split('\n');

    private static string NameOf(string id) => Hash().Replace(id["Alarms".Length..], "");

    [GeneratedRegex("[0-9A-F]{8}$")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\[(?<id>\d+)\]")]
    private static partial Regex Number();

    [GeneratedRegex("(?<not>-)?\"(?<text>[^\"]+)\"")]
    private static partial Regex Term();
}
