using System.Net;
using System.Text.Json.Nodes;
using Ingestor.Tests.Hosting;
using Ingestor.Tests.PutEvents;

namespace Ingestor.Tests.Filtering;

public sealed class RulesTests
{
    private const string AcdEnd = """{"detail-type":[{"suffix":".acd.end"}]}""";
    private const string OfGenesys = """{"source":[{"prefix":"aws.partner/genesys.com/"}]}""";
    private const string OfNobody = """{"source":["nobody"]}""";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_rule_wants_is_forwarded_and_what_none_wants_is_acknowledged_all_the_same()
    {
        await using var ingestor = WithRules(AcdEnd);
        using var client = ingestor.Start();
        var unwanted = AnEnvelope.With("unwanted").Replace("acd.end", "acd.start", StringComparison.Ordinal);

        using var response = await client.PostAsync(
            "/events",
            RunningIngestor.Json(AnEnvelope.ArrayOf(AnEnvelope.With("wanted"), unwanted)),
            Ending
        );

        Assert.Equal("""{"accepted":1,"filtered":1}""", await response.Content.ReadAsStringAsync(Ending));
        Assert.Equal(["wanted"], ingestor.Queue.Bodies.Select(AnEnvelope.IdOf));
    }

    [Fact]
    public async Task However_many_rules_want_an_event_it_is_forwarded_once()
    {
        await using var ingestor = WithRules(AcdEnd, OfGenesys, OfNobody);
        using var client = ingestor.Start();

        using var response = await client.PostAsync("/events", RunningIngestor.Json(AnEnvelope.With()), Ending);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task Rules_see_what_PutEvents_makes_of_an_entry()
    {
        await using var ingestor = WithRules("""{"account":["000000000000"],"detail":{"n":[300]}}""");
        using var client = ingestor.Start();

        var (_, answer) = await client.CallAsync(
            "PutEvents",
            """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{\"n\":3.0e2}"},{"Source":"s","DetailType":"t","Detail":"{\"n\":301}"}]}"""
        );

        Assert.Equal(0, (int)answer["FailedEntryCount"]!);
        Assert.All(answer["Entries"]!.AsArray(), entry => Assert.NotNull(entry!["EventId"]));
        Assert.Equal(3.0e2, (double)JsonNode.Parse(Assert.Single(ingestor.Queue.Bodies))!["detail"]!["n"]!);
    }

    [Fact]
    public async Task Each_rule_counts_what_it_wants_and_what_it_does_not()
    {
        await using var ingestor = WithRules(AcdEnd, OfNobody);
        using var client = ingestor.Start();
        using var numbers = new RecordedNumbers(ingestor.Services);

        using var response = await client.PostAsync("/events", RunningIngestor.Json(AnEnvelope.With()), Ending);

        Assert.Equal(1, numbers.Sum("genesys.ingest.rule.matched", "genesys.rule", "rule-0"));
        Assert.Equal(1, numbers.Sum("genesys.ingest.rule.not_matched", "genesys.rule", "rule-1"));
        Assert.Equal(0, numbers.Sum("genesys.ingest.rule.matched", "genesys.rule", "rule-1"));
    }

    [Fact]
    public async Task Half_a_character_in_an_event_does_not_hide_the_rest_of_it_from_the_rules()
    {
        await using var ingestor = WithRules(AcdEnd);
        using var client = ingestor.Start();
        var half = AnEnvelope.With(detail: """{"a":"\ud800"}""");

        using var response = await client.PostAsync("/events", RunningIngestor.Json(half), Ending);

        Assert.Equal([half], ingestor.Queue.Bodies);
    }

    private static RunningIngestor WithRules(params string[] patterns)
    {
        var ingestor = new RunningIngestor();
        for (var number = 0; number < patterns.Length; number++)
        {
            ingestor.With($"Rules:{number}:Name", $"rule-{number}").With($"Rules:{number}:Pattern", patterns[number]);
        }

        return ingestor;
    }
}
