using System.Text.Json;
using System.Text.Json.Nodes;
using Ingestor.Sending;
using Ingestor.Tests.Hosting;

namespace Ingestor.Tests.Clients;

/// <summary>What every client of EventBridge can do with the Ingestor, unmodified, given only an endpoint and credentials.</summary>
public abstract class PublisherContract : IAsyncDisposable
{
    private const string AccessKeyId = "AKIDEXAMPLE";
    private const string SecretAccessKey = "a-secret/for+clients";

    private static readonly string[] Resources = ["arn:aws:x:1"];

    private readonly RunningIngestor _ingestor = new RunningIngestor()
        .With("AccessKeyId", AccessKeyId)
        .With("SecretAccessKey", SecretAccessKey)
        .With("Sending:Attempts", "1");

    [Fact]
    public async Task It_publishes_what_comes_out_as_EventBridge_would_deliver_it()
    {
        var answer = await CallAsync(
            "PutEvents",
            new
            {
                Entries = new object[]
                {
                    new
                    {
                        Source = "my.app",
                        DetailType = "order {id} für \"A\" 🙂",
                        Detail = """{ "n": 1.50e+2, "u":"\u00fc/ü 🙂" }""",
                        Time = 1773928872,
                        Resources,
                        EventBusName = "default",
                    },
                    new
                    {
                        Source = "my.app",
                        DetailType = "t",
                        Detail = "{}",
                    },
                },
            }
        );

        Assert.Equal(0, (int)answer["FailedEntryCount"]!);
        Assert.Equal(
            answer["Entries"]!.AsArray().Select(entry => (string)entry!["EventId"]!),
            _ingestor.Queue.Bodies.Select(AnEnvelope.IdOf)
        );
        var envelope = _ingestor.Queue.Bodies[0];
        Assert.Equal("order {id} für \"A\" 🙂", (string)JsonNode.Parse(envelope)!["detail-type"]!);
        Assert.Equal("2026-03-19T14:01:12Z", (string)JsonNode.Parse(envelope)!["time"]!);
        Assert.EndsWith(
            ""","resources":["arn:aws:x:1"],"detail":{ "n": 1.50e+2, "u":"\u00fc/ü 🙂" }}""",
            envelope,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_is_told_what_became_of_each_entry()
    {
        var answer = await CallAsync(
            "PutEvents",
            new
            {
                Entries = new[]
                {
                    new
                    {
                        Source = "my.app",
                        DetailType = "t",
                        Detail = "{}",
                    },
                    new
                    {
                        Source = "my.app",
                        DetailType = "t",
                        Detail = "no JSON",
                    },
                    new
                    {
                        Source = "aws.ec2",
                        DetailType = "t",
                        Detail = "{}",
                    },
                },
            }
        );

        Assert.Equal(2, (int)answer["FailedEntryCount"]!);
        Assert.Equal(
            [null, "MalformedDetail", "NotAuthorizedForSourceException"],
            answer["Entries"]!.AsArray().Select(entry => (string?)entry!["ErrorCode"])
        );
        Assert.Single(_ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task It_sees_the_error_when_there_are_too_many_entries()
    {
        var entry = new
        {
            Source = "my.app",
            DetailType = "t",
            Detail = "{}",
        };

        var answer = await CallAsync("PutEvents", new { Entries = Enumerable.Repeat(entry, 11) });

        Assert.Equal("ValidationException", (string)answer["error"]!);
    }

    [Fact]
    public async Task It_is_refused_with_another_secret()
    {
        var answer = await CallAsync(
            "PutEvents",
            new
            {
                Entries = new[]
                {
                    new
                    {
                        Source = "my.app",
                        DetailType = "t",
                        Detail = "{}",
                    },
                },
            },
            secretAccessKey: "another"
        );

        Assert.Equal("InvalidSignatureException", (string)answer["error"]!);
        Assert.Empty(_ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task It_repeats_by_itself_what_was_refused_only_for_the_moment()
    {
        var calls = 0;
        _ingestor.Queue.Answer = (_, _) =>
            Task.FromResult<QueueAnswer?>(
                Interlocked.Increment(ref calls) == 1 ? new QueueAnswer.Unavailable("away") : null
            );

        var answer = await CallAsync(
            "PutEvents",
            new
            {
                Entries = new[]
                {
                    new
                    {
                        Source = "my.app",
                        DetailType = "t",
                        Detail = "{}",
                    },
                },
            }
        );

        Assert.Equal(0, (int)answer["FailedEntryCount"]!);
        Assert.Equal(2, calls);
    }

    [Theory]
    [InlineData("""{"source":["my.app"]}""", true)]
    [InlineData("""{"source":["another"]}""", false)]
    public async Task It_tries_a_pattern_on_an_event(string pattern, bool result)
    {
        const string sample =
            """{"id":"1","account":"1","source":"my.app","time":"2026-03-19T14:01:12Z","region":"r","resources":[],"detail-type":"t","detail":{}}""";

        var answer = await CallAsync("TestEventPattern", new { EventPattern = pattern, Event = sample });

        Assert.Equal(result, (bool)answer["Result"]!);
    }

    public async ValueTask DisposeAsync()
    {
        await _ingestor.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The answer, or an object with the code of the error in <c>error</c>.</summary>
    private protected abstract Task<JsonNode> CallAsync(
        Uri endpoint,
        string operation,
        string request,
        string accessKeyId,
        string secretAccessKey
    );

    private async Task<JsonNode> CallAsync(string operation, object request, string secretAccessKey = SecretAccessKey)
    {
        using var client = _ingestor.Start();
        return await CallAsync(
            client.BaseAddress!,
            operation,
            JsonSerializer.Serialize(request),
            AccessKeyId,
            secretAccessKey
        );
    }
}
