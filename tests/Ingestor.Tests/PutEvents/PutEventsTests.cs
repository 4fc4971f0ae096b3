using System.Net;
using System.Text.Json.Nodes;
using Ingestor.Sending;
using Ingestor.Tests.Hosting;
using Testing;

namespace Ingestor.Tests.PutEvents;

public sealed class PutEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 19, 14, 1, 12, 987, TimeSpan.Zero);

    [Fact]
    public async Task An_entry_gets_the_envelope_EventBridge_would_give_it()
    {
        await using var ingestor = new RunningIngestor()
            .With("Account", "123456789012")
            .With("Region", "eu-central-1")
            .WithService<TimeProvider>(new ManualTimeProvider(Now));
        using var client = ingestor.Start();

        var (status, answer) = await client.CallAsync(
            "PutEvents",
            """
            {"Entries":[{"Source":"my.app","DetailType":"order {id} für \"A\"","Detail":"{ \"n\": 1.50e+2,\n \"u\":\"\\u00fc/ü\" }",
            "Resources":["arn:aws:x:1","arn:aws:x:2"],"EventBusName":"default"}]}
            """
        );

        var id = (string)answer["Entries"]![0]!["EventId"]!;
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0, (int)answer["FailedEntryCount"]!);
        Assert.Equal(
            [
                $$$"""
                {"version":"0","id":"{{{id}}}","detail-type":"order {id} für \"A\"","source":"my.app","account":"123456789012","time":"2026-03-19T14:01:12Z","region":"eu-central-1","resources":["arn:aws:x:1","arn:aws:x:2"],"detail":{ "n": 1.50e+2,
                 "u":"\u00fc/ü" }}
                """,
            ],
            ingestor.Queue.Bodies
        );
    }

    [Theory]
    [InlineData("1773928872", "2026-03-19T14:01:12Z")]
    [InlineData("1773928872.999", "2026-03-19T14:01:12Z")]
    [InlineData("1.773928872E9", "2026-03-19T14:01:12Z")]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    [InlineData("null", "2026-03-19T14:00:00Z")]
    public async Task The_time_of_an_event_is_a_whole_second(string time, string written)
    {
        await using var ingestor = new RunningIngestor().WithService<TimeProvider>(new ManualTimeProvider());
        using var client = ingestor.Start();

        await client.CallAsync(
            "PutEvents",
            $$"""{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}","Time":{{time}}}]}"""
        );

        Assert.Equal(written, (string)JsonNode.Parse(ingestor.Queue.Bodies.Single())!["time"]!);
    }

    [Theory]
    [InlineData(
        """{"DetailType":"t","Detail":"{}"}""",
        "InvalidArgument",
        "Parameter Source is not valid. Reason: Source is a required argument."
    )]
    [InlineData(
        """{"Source":"","DetailType":"t","Detail":"{}"}""",
        "InvalidArgument",
        "Parameter Source is not valid. Reason: Source is a required argument."
    )]
    [InlineData(
        """{"Source":"s","Detail":"{}"}""",
        "InvalidArgument",
        "Parameter DetailType is not valid. Reason: DetailType is a required argument."
    )]
    [InlineData(
        """{"Source":"s","DetailType":"t"}""",
        "InvalidArgument",
        "Parameter Detail is not valid. Reason: Detail is a required argument."
    )]
    [InlineData(
        """{"Source":"s","DetailType":"t","Detail":null}""",
        "InvalidArgument",
        "Parameter Detail is not valid. Reason: Detail is a required argument."
    )]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"text"}""", "MalformedDetail", "Detail is malformed.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"[]"}""", "MalformedDetail", "Detail is malformed.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"\"{}\""}""", "MalformedDetail", "Detail is malformed.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{\"a\":}"}""", "MalformedDetail", "Detail is malformed.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{} {}"}""", "MalformedDetail", "Detail is malformed.")]
    [InlineData(
        """{"Source":"aws.ec2","DetailType":"t","Detail":"{}"}""",
        "NotAuthorizedForSourceException",
        "Not authorized for the source."
    )]
    [InlineData(
        """{"Source":"s","DetailType":"t","Detail":"{\"a\":\"\uffff\"}"}""",
        "InvalidArgument",
        "The event contains U+FFFE or U+FFFF, which SQS does not carry; write it as an escape."
    )]
    public async Task An_entry_the_service_refuses_is_refused_in_its_words_and_alone(
        string entry,
        string code,
        string message
    )
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        var (status, answer) = await client.CallAsync(
            "PutEvents",
            $$"""{"Entries":[{{entry}},{"Source":"s","DetailType":"t","Detail":"{\"good\":1}"}]}"""
        );

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1, (int)answer["FailedEntryCount"]!);
        Assert.Equal(code, (string)answer["Entries"]![0]!["ErrorCode"]!);
        Assert.Equal(message, (string)answer["Entries"]![0]!["ErrorMessage"]!);
        Assert.Null(answer["Entries"]![0]!["EventId"]);
        Assert.NotNull(answer["Entries"]![1]!["EventId"]);
        Assert.Single(ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task A_partner_may_publish_under_its_own_name()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        var (_, answer) = await client.CallAsync(
            "PutEvents",
            """{"Entries":[{"Source":"aws.partner/genesys.com/cloud/1/x","DetailType":"t","Detail":"{}"}]}"""
        );

        Assert.Equal(0, (int)answer["FailedEntryCount"]!);
    }

    [Theory]
    [InlineData("{}", "ValidationException", "Value 'null' at 'entries'")]
    [InlineData("""{"Entries":null}""", "ValidationException", "Value 'null' at 'entries'")]
    [InlineData("""{"Entries":[]}""", "ValidationException", "greater than or equal to 1")]
    [InlineData(
        """{"Entries":[{},{},{},{},{},{},{},{},{},{},{}]}""",
        "ValidationException",
        "less than or equal to 10"
    )]
    [InlineData("""{"Entries":{}}""", "SerializationException", "")]
    [InlineData("""{"Entries":[1]}""", "SerializationException", "")]
    [InlineData("""{"Entries":[{"Source":1}]}""", "SerializationException", "")]
    [InlineData("""{"Entries":[{"Detail":{}}]}""", "SerializationException", "")]
    [InlineData("""{"Entries":[{"Time":"yesterday"}]}""", "SerializationException", "")]
    [InlineData("""{"Entries":[{"Time":1e300}]}""", "SerializationException", "")]
    [InlineData("""{"Entries":[{"Resources":"arn"}]}""", "SerializationException", "")]
    [InlineData("""{"Entries":[{"Source":"\ud800"}]}""", "SerializationException", "")]
    [InlineData("""{"Entries":[{}]""", "SerializationException", "")]
    [InlineData("", "SerializationException", "")]
    public async Task A_request_that_is_none_fails_whole(string body, string code, string message)
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        var (status, answer) = await client.CallAsync("PutEvents", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(code, (string)answer["__type"]!);
        Assert.Contains(message, (string)answer["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_fits_but_whose_envelope_does_not_is_refused_alone()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        var detail = $$"""{\"x\":\"{{new string('x', 1_048_450)}}\"}""";

        var (_, answer) = await client.CallAsync(
            "PutEvents",
            $$"""{"Entries":[{"Source":"s","DetailType":"t","Detail":"{{detail}}"},{"Source":"s","DetailType":"t","Detail":"{}"}]}"""
        );

        Assert.Equal("InvalidArgument", (string)answer["Entries"]![0]!["ErrorCode"]!);
        Assert.NotNull(answer["Entries"]![1]!["EventId"]);
    }

    [Fact]
    public async Task When_SQS_is_away_the_status_makes_an_SDK_repeat_the_call()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        ingestor.Queue.IsOpen = false;

        var (status, answer) = await client.CallAsync(
            "PutEvents",
            """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}"}]}"""
        );

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("ServiceUnavailable", (string)answer["__type"]!);
    }

    [Fact]
    public async Task When_the_buffer_is_full_an_SDK_sees_throttling()
    {
        await using var ingestor = new RunningIngestor().With("Sending:EventsHeldMax", "10");
        using var client = ingestor.Start();
        var full = new Counted(10);
        var release = new TaskCompletionSource<QueueAnswer?>();
        ingestor.Queue.Answer = (events, _) =>
        {
            full.Happened(events.Count);
            return release.Task;
        };
        var filling = client.PostAsync(
            "/events",
            RunningIngestor.Json(AnEnvelope.ArrayOf(Enumerable.Repeat(AnEnvelope.With(), 10))),
            TestContext.Current.CancellationToken
        );
        await full.ReachedAsync(TestContext.Current.CancellationToken);

        var (status, answer) = await client.CallAsync(
            "PutEvents",
            """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}"}]}"""
        );
        release.SetResult(null);
        using var filled = await filling;

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Equal("ThrottlingException", (string)answer["__type"]!);
    }

    [Fact]
    public async Task When_SQS_takes_only_some_each_entry_says_what_became_of_it()
    {
        await using var ingestor = new RunningIngestor().With("Sending:RetryDelay", "00:00:00");
        using var client = ingestor.Start();
        ingestor.Queue.Answer = (events, _) =>
            Task.FromResult<QueueAnswer?>(
                RecordingQueue.Each(
                    events,
                    pending =>
                        pending.Body.Contains("unlucky", StringComparison.Ordinal) ? null
                        : pending.Body.Contains("bad", StringComparison.Ordinal)
                            ? new EventOutcome.Refused(RefusalReason.RefusedByQueue, "no")
                        : EventOutcome.Forwarded.Instance
                )
            );

        var (status, answer) = await client.CallAsync(
            "PutEvents",
            """
            {"Entries":[{"Source":"good","DetailType":"t","Detail":"{}"},{"Source":"unlucky","DetailType":"t","Detail":"{}"},
                        {"Source":"bad","DetailType":"t","Detail":"{}"}]}
            """
        );

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2, (int)answer["FailedEntryCount"]!);
        Assert.Equal(
            [null, "InternalFailure", "InvalidArgument"],
            answer["Entries"]!.AsArray().Select(entry => (string?)entry!["ErrorCode"])
        );
    }

    [Theory]
    [InlineData("ListRules")]
    [InlineData("")]
    public async Task An_operation_that_is_not_offered_is_unknown(string operation)
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        var (status, answer) = await client.CallAsync(operation, "{}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("UnknownOperationException", (string)answer["__type"]!);
    }
}
