using System.Net;
using System.Text.Json;
using Ingestor.Tests.Hosting;

namespace Ingestor.Tests.PutEvents;

public sealed class TestEventPatternTests
{
    private const string Event =
        """{"id":"1","account":"1","source":"my.app","time":"2026-03-19T14:01:12Z","region":"r","detail-type":"t","detail":{"n":3.0e2}}""";

    [Theory]
    [InlineData("""{"source":["my.app"]}""", true)]
    [InlineData("""{"source":["another.app"]}""", false)]
    [InlineData("""{"detail":{"n":[300]}}""", true)]
    public async Task It_answers_as_the_service_does(string pattern, bool result)
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        var (status, answer) = await client.CallAsync("TestEventPattern", Request(pattern, Event));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(result, (bool)answer["Result"]!);
        Assert.Empty(ingestor.Queue.Bodies);
    }

    [Theory]
    [InlineData(
        """{"source":"my.app"}""",
        "Event pattern is not valid. Reason: \"source\" must be an object or an array"
    )]
    [InlineData("""{"source":[]}""", "Event pattern is not valid. Reason: Empty arrays are not allowed")]
    public async Task A_pattern_that_is_none_is_refused_with_the_services_reason(string pattern, string message)
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        var (status, answer) = await client.CallAsync("TestEventPattern", Request(pattern, Event));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("InvalidEventPatternException", (string)answer["__type"]!);
        Assert.Equal(message, (string)answer["message"]!);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    [InlineData("""{"id":"1","account":"1","source":"my.app","time":"t","region":"r"}""")]
    public async Task An_event_without_what_every_event_has_is_refused(string @event)
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        var (status, answer) = await client.CallAsync("TestEventPattern", Request("""{"source":["my.app"]}""", @event));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("ValidationException", (string)answer["__type"]!);
        Assert.Equal("Parameter Event is not valid.", (string)answer["message"]!);
    }

    [Theory]
    [InlineData("{}", "ValidationException")]
    [InlineData("""{"EventPattern":"{}"}""", "ValidationException")]
    [InlineData("""{"EventPattern":{},"Event":"{}"}""", "SerializationException")]
    [InlineData("[]", "SerializationException")]
    [InlineData("""{"EventPattern":"\ud800","Event":"{}"}""", "SerializationException")]
    public async Task A_request_that_is_none_fails(string body, string code)
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        var (status, answer) = await client.CallAsync("TestEventPattern", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(code, (string)answer["__type"]!);
    }

    [Fact]
    public async Task A_pattern_longer_than_a_rule_may_have_is_refused()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        var (_, answer) = await client.CallAsync(
            "TestEventPattern",
            Request($$"""{"source":["{{new string('x', 4_096)}}"]}""", Event)
        );

        Assert.Equal("ValidationException", (string)answer["__type"]!);
    }

    [Theory]
    [InlineData(1_048_576, HttpStatusCode.OK)]
    [InlineData(1_048_577, HttpStatusCode.BadRequest)]
    public async Task An_event_larger_than_any_bus_takes_is_refused(int bytes, HttpStatusCode status)
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        var padded = Event.Replace(
            "\"n\":3.0e2",
            $"\"n\":\"{new string('x', bytes - Event.Length + 3)}\"",
            StringComparison.Ordinal
        );

        var (answered, _) = await client.CallAsync("TestEventPattern", Request("""{"source":["my.app"]}""", padded));

        Assert.Equal(bytes, padded.Length);
        Assert.Equal(status, answered);
    }

    private static string Request(string pattern, string @event) =>
        JsonSerializer.Serialize(new { EventPattern = pattern, Event = @event });
}
