using System.Text;
using System.Text.Json.Nodes;
using Events.Patterns;
using Testing;

namespace Deploy.Tests.Bridging;

public sealed class BridgeTests
{
    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void The_bus_has_the_name_of_the_partner_event_source_and_so_associates_it(string name)
    {
        var bus = Template.Named(name).Of("AWS::Events::EventBus").Single();

        Assert.Equal("${PartnerEventSource}", bus.Text("Name"));
        Assert.Equal("${PartnerEventSource}", bus.Text("EventSourceName"));
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Every_target_retries_for_a_day_and_then_has_a_queue_of_its_own(string name)
    {
        var template = Template.Named(name);

        Assert.All(
            Targets(template),
            target =>
            {
                Assert.Equal("${UndeliveredQueue.Arn}", Expression.TextOf(target["DeadLetterConfig"]!["Arn"]));
                Assert.Equal(86_400, (double)target["RetryPolicy"]!["MaximumEventAgeInSeconds"]!);
                Assert.Equal(185, (double)target["RetryPolicy"]!["MaximumRetryAttempts"]!);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void The_envelope_reaches_the_target_as_it_is(string name) =>
        Assert.All(
            Targets(Template.Named(name)),
            target => Assert.DoesNotContain(target, member => member.Key.StartsWith("Input", StringComparison.Ordinal))
        );

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Only_the_rules_may_send_to_the_queues_they_send_to(string name)
    {
        var template = Template.Named(name);
        var rule = template.Of("AWS::Events::Rule").Single().Text("Name");
        var arn =
            $"arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:rule/${{PartnerEventSource}}/{rule}";

        var sending = Statement
            .In(template)
            .Where(statement => statement.Allows && statement.Of.Type == "AWS::SQS::QueuePolicy")
            .ToList();

        Assert.NotEmpty(sending);
        Assert.All(
            sending,
            statement =>
            {
                Assert.Equal(["sqs:SendMessage"], statement.Actions);
                Assert.Equal(["events.amazonaws.com"], statement.Services);
                Assert.Contains("aws:SourceArn", statement.Condition);
                Assert.Contains($"\"{arn}\"", statement.Condition);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void The_target_is_the_one_of_the_bridge(string name)
    {
        var template = Template.Named(name);
        var wanted = name.StartsWith("native", StringComparison.Ordinal) ? "${EventsQueue.Arn}" : "${Destination.Arn}";

        Assert.All(Targets(template), target => Assert.Equal(wanted, Expression.TextOf(target["Arn"])));
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void A_replay_finds_in_time_what_has_happened_already(string name)
    {
        var template = Template.Named(name);
        var archived = template.Of("AWS::Events::Archive").Single().Number("RetentionDays");
        var waiting = template.At("EventsQueue").Number("MessageRetentionPeriod") / 86_400;
        var dead = template.At("DeadLetterQueue").Number("MessageRetentionPeriod") / 86_400;
        const int RedriveWindow = 7;

        var claims = TimeSpan.Parse(
            Program.In(template).First(program => program.IsProcessor).Environment["Effects__ClaimRetention"],
            System.Globalization.CultureInfo.InvariantCulture
        );

        Assert.True(archived + waiting + dead + RedriveWindow <= claims.TotalDays);
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void The_rules_want_what_Genesys_Cloud_sends_and_nothing_else(string name)
    {
        var patterns = Template
            .Named(name)
            .Of("AWS::Events::Rule")
            .Select(rule =>
                Assert.IsType<ParsedPattern.Valid>(EventPattern.Parse(rule.At("EventPattern")!.ToJsonString()))
            )
            .ToList();
        var samples = Directory.GetFiles(Repository.PathOf("tests", "Events.Tests", "Samples"), "eb-*.json");

        Assert.NotEmpty(samples);
        Assert.All(samples, sample => Assert.Contains(patterns, pattern => Matches(pattern, File.ReadAllText(sample))));
        Assert.DoesNotContain(
            patterns,
            pattern => Matches(pattern, """{"source":"aws.partner/else.com/x","detail":{}}""")
        );
    }

    private static bool Matches(ParsedPattern.Valid pattern, string sample) =>
        pattern.Pattern.Matches(Encoding.UTF8.GetBytes(sample)) == PatternMatch.Matched;

    private static IEnumerable<JsonObject> Targets(Template template) =>
        template
            .Of("AWS::Events::Rule")
            .SelectMany(rule => rule.Properties["Targets"]!.AsArray())
            .Select(target => target!.AsObject());
}
