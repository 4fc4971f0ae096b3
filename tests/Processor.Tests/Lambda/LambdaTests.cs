using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS.Model;

namespace Processor.Tests.Lambda;

/// <summary>The pipeline behind the Runtime API, over real HTTP: what is answered is deleted by Lambda, so every id counts.</summary>
public sealed class LambdaTests(LambdaFunction function) : IClassFixture<LambdaFunction>
{
    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task One_poison_message_in_ten_is_dead_lettered_and_nine_are_recorded()
    {
        var conversation = Guid.NewGuid().ToString();
        var records = Enumerable
            .Range(0, 9)
            .Select(index => Record($"good-{index}", Envelope(conversation, index)))
            .ToList();
        records.Insert(4, Record("poison", "not an envelope"));

        var answer = await InvokeAsync(records);

        Assert.Equal([], Failures(answer));
        Assert.Equal(
            9,
            await function.RecordedAsync($"conversation:{conversation}", TestContext.Current.CancellationToken)
        );
        var dead = await function.Sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(function.DeadLettersUrl) { WaitTimeSeconds = 5, MessageAttributeNames = ["All"] },
            TestContext.Current.CancellationToken
        );
        Assert.StartsWith(
            "not-json",
            Assert.Single(dead.Messages!).MessageAttributes!["reason"].StringValue,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_message_that_must_wait_is_the_only_one_that_comes_back()
    {
        var conversation = Guid.NewGuid().ToString();

        var answer = await InvokeAsync([
            Record("now", Envelope(conversation, 1)),
            Record("later", Envelope(conversation, 2), notBefore: TimeProvider.System.GetUtcNow().AddHours(1)),
        ]);

        Assert.Equal(["later"], Failures(answer));
        Assert.Equal(
            1,
            await function.RecordedAsync($"conversation:{conversation}", TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_message_that_is_twice_in_one_batch_is_worked_on_once_and_answered_once()
    {
        var conversation = Guid.NewGuid().ToString();
        var later = TimeProvider.System.GetUtcNow().AddHours(1);

        var answer = await InvokeAsync([
            Record("twin", Envelope(conversation, 1), notBefore: later),
            Record("twin", Envelope(conversation, 1), notBefore: later),
        ]);

        Assert.Equal(["twin"], Failures(answer));
    }

    [Fact]
    public async Task In_a_fifo_batch_a_failure_stops_its_group_and_no_other()
    {
        var conversation = Guid.NewGuid().ToString();
        var later = TimeProvider.System.GetUtcNow().AddHours(1);

        var answer = await InvokeAsync([
            Record("a1", Envelope(conversation, 1), group: "a"),
            Record("a2", Envelope(conversation, 2), group: "a", notBefore: later),
            Record("a3", Envelope(conversation, 3), group: "a"),
            Record("b1", Envelope(conversation, 4), group: "b"),
        ]);

        Assert.Equal(["a2", "a3"], Failures(answer).Order());
        Assert.Equal(
            2,
            await function.RecordedAsync($"conversation:{conversation}", TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_batch_whose_time_is_over_is_answered_as_failed_before_the_deadline()
    {
        var answer = await InvokeAsync(
            [Record("late", Envelope(Guid.NewGuid().ToString(), 1))],
            TimeSpan.FromMilliseconds(500)
        );

        Assert.Equal(["late"], Failures(answer));
    }

    [Fact]
    public async Task What_is_no_batch_of_messages_is_an_error_and_the_next_invocation_works()
    {
        var refused = await function.Runtime.InvokeAsync(
            """{"Records":[{"eventSource":"aws:s3"}]}""",
            FunctionTimeout,
            TestContext.Current.CancellationToken
        );
        var answer = await InvokeAsync([Record("fine", Envelope(Guid.NewGuid().ToString(), 1))]);

        Assert.True(refused.IsError);
        Assert.Contains("NotAnSqsEvent", refused.Body, StringComparison.Ordinal);
        Assert.Equal([], Failures(answer));
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_is_told_to_Lambda_before_the_process_ends()
    {
        await using var runtime = await FakeRuntimeApi.StartAsync(TestContext.Current.CancellationToken);
        using var process = LambdaFunction.Start(
            runtime.Address,
            new Dictionary<string, string> { ["Effects__Lease"] = "00:10:00", ["AWS_REGION"] = "us-east-1" }
        );

        var error = await runtime.InitErrorAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("Effects:Lease", error, StringComparison.Ordinal);
        Assert.Equal(1, process.ExitCode);
    }

    private Task<Answered> InvokeAsync(IEnumerable<JsonObject> records, TimeSpan? timeout = null) =>
        function.Runtime.InvokeAsync(
            new JsonObject { ["Records"] = new JsonArray([.. records]) }.ToJsonString(),
            timeout ?? FunctionTimeout,
            TestContext.Current.CancellationToken
        );

    private static List<string> Failures(Answered answer)
    {
        Assert.False(answer.IsError, answer.Body);
        return
        [
            .. JsonNode.Parse(answer.Body)!["batchItemFailures"]!
                .AsArray()
                .Select(failure => failure!["itemIdentifier"]!.GetValue<string>()),
        ];
    }

    private static JsonObject Record(
        string messageId,
        string body,
        string? group = null,
        DateTimeOffset? notBefore = null
    )
    {
        var attributes = new JsonObject
        {
            ["ApproximateReceiveCount"] = "1",
            ["SentTimestamp"] = TimeProvider
                .System.GetUtcNow()
                .ToUnixTimeMilliseconds()
                .ToString(CultureInfo.InvariantCulture),
        };
        if (group is not null)
        {
            attributes["MessageGroupId"] = group;
        }

        var messageAttributes = new JsonObject();
        if (notBefore is { } at)
        {
            messageAttributes["not-before"] = new JsonObject
            {
                ["stringValue"] = at.ToString("O", CultureInfo.InvariantCulture),
                ["dataType"] = "String",
            };
        }

        return new JsonObject
        {
            ["messageId"] = messageId,
            ["receiptHandle"] = $"handle-of-{messageId}",
            ["body"] = body,
            ["attributes"] = attributes,
            ["messageAttributes"] = messageAttributes,
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = $"arn:aws:sqs:us-east-1:000000000000:genesys-events{(group is null ? "" : ".fifo")}",
        };
    }

    private static string Envelope(string conversationId, int index) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["version"] = "0",
                ["id"] = Guid.NewGuid().ToString(),
                ["detail-type"] = "v2.detail.events.conversation.{id}.flow.start",
                ["source"] = "aws.partner/genesys.com/cloud/51d48700-4aee-5a5d-a8a5-27a5c1471ac6/acme-events",
                ["account"] = "123456789012",
                ["time"] = "2026-03-19T14:00:00Z",
                ["region"] = "us-east-1",
                ["resources"] = Array.Empty<string>(),
                ["detail"] = new
                {
                    topicName = $"v2.detail.events.conversation.{conversationId}.flow.start",
                    version = "2",
                    eventBody = new
                    {
                        eventTime = 1773928800000 + index,
                        conversationId,
                        participantId = "d00d842b-d087-59da-88b2-0ba75290d27b",
                        sessionId = "b09fb1ca-4df3-55cd-87c4-72fe53b7c7ae",
                    },
                    timestamp = "2026-03-19T14:00:00.400Z",
                },
            }
        );
}
