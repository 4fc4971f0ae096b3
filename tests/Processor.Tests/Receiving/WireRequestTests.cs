using System.Net;
using Amazon.SQS;
using Amazon.SQS.Model;
using Processor.Announcing;
using Processor.Receiving;
using Processor.Tests.Contracts;
using ServiceDefaults.Wire;
using Testing;

namespace Processor.Tests.Receiving;

/// <summary>What goes straight onto the wire says what the SDK would have said.</summary>
public sealed class WireRequestTests : IDisposable
{
    private const string Url = "http://sqs.test/1/genesys-events";

    private readonly CannedService _service = new();
    private readonly AmazonSQSClient _sqs;

    public WireRequestTests() => _sqs = _service.CreateSqsClient();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _sqs.Dispose();
        _service.Dispose();
    }

    [Fact]
    public async Task A_receive_is_the_sdks()
    {
        _service.Answer(HttpStatusCode.OK, "{}");
        await _sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(Url)
            {
                MaxNumberOfMessages = 7,
                WaitTimeSeconds = 20,
                VisibilityTimeout = 60,
                MessageSystemAttributeNames =
                [
                    "ApproximateReceiveCount",
                    "SentTimestamp",
                    "MessageGroupId",
                    "AWSTraceHeader",
                ],
                MessageAttributeNames = ["All"],
            },
            CancellationToken
        );

        using var ours = new PooledBuffer();
        ReceiveMessageJson.Write(ours, Url, 7, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));

        AssertSame(ReceiveMessageJson.Operation, ours);
    }

    [Fact]
    public async Task A_delete_is_the_sdks()
    {
        _service.Answer(HttpStatusCode.OK, "{}");
        await _sqs.DeleteMessageBatchAsync(
            new DeleteMessageBatchRequest(
                Url,
                [new DeleteMessageBatchRequestEntry("0", "a+b/c=="), new DeleteMessageBatchRequestEntry("1", "\"é\"")]
            ),
            CancellationToken
        );

        using var ours = new PooledBuffer();
        DeleteMessageBatchJson.Write(ours, Url, [Message("a+b/c=="), Message("\"é\"")]);

        AssertSame(DeleteMessageBatchJson.Operation, ours);
    }

    [Fact]
    public async Task A_change_of_visibility_is_the_sdks()
    {
        _service.Answer(HttpStatusCode.OK, "{}");
        await _sqs.ChangeMessageVisibilityBatchAsync(
            new ChangeMessageVisibilityBatchRequest(
                Url,
                [
                    new ChangeMessageVisibilityBatchRequestEntry("0", "a+b/c==") { VisibilityTimeout = 0 },
                    new ChangeMessageVisibilityBatchRequestEntry("1", "handle") { VisibilityTimeout = 61 },
                ]
            ),
            CancellationToken
        );

        using var ours = new PooledBuffer();
        ChangeMessageVisibilityBatchJson.Write(
            ours,
            Url,
            [
                new VisibilityChange(Message("a+b/c=="), TimeSpan.Zero),
                new VisibilityChange(Message("handle"), TimeSpan.FromSeconds(60.2)),
            ]
        );

        AssertSame(ChangeMessageVisibilityBatchJson.Operation, ours);
    }

    [Fact]
    public async Task An_event_that_is_sent_again_is_the_sdks()
    {
        _service.Answer(HttpStatusCode.OK, "{}");
        await _sqs.SendMessageAsync(
            new SendMessageRequest(Url, """{"a":"é \u0001"}""")
            {
                DelaySeconds = 3,
                MessageAttributes = new()
                {
                    ["traceparent"] = new() { DataType = "String", StringValue = "00-1" },
                    ["reason"] = new() { DataType = "String", StringValue = "a \"b\"" },
                },
            },
            CancellationToken
        );

        using var ours = new PooledBuffer();
        SendMessageJson.Write(
            ours,
            Url,
            """{"a":"é \u0001"}""",
            new Dictionary<string, string> { ["traceparent"] = "00-1", ["reason"] = "a \"b\"" },
            TimeSpan.FromSeconds(2.5)
        );

        AssertSame(SendMessageJson.Operation, ours);
    }

    [Fact]
    public async Task A_letter_of_a_fifo_queue_is_the_sdks()
    {
        _service.Answer(HttpStatusCode.OK, "{}");
        await _sqs.SendMessageAsync(
            new SendMessageRequest(Url, "{}") { MessageGroupId = "g", MessageDeduplicationId = "d" },
            CancellationToken
        );

        using var ours = new PooledBuffer();
        SendMessageJson.Write(ours, Url, "{}", SqsAttributes.None, groupId: "g", deduplicationId: "d");

        AssertSame(SendMessageJson.Operation, ours);
    }

    [Fact]
    public async Task Announcements_are_the_sdks()
    {
        _service.Answer(HttpStatusCode.OK, "{}");
        await _sqs.SendMessageBatchAsync(
            new SendMessageBatchRequest(
                Url,
                [
                    new SendMessageBatchRequestEntry("0", """{"conversationId":"c-1"}""") { DelaySeconds = 5 },
                    new SendMessageBatchRequestEntry("1", """{"conversationId":"c-2"}""") { DelaySeconds = 5 },
                ]
            ),
            CancellationToken
        );

        using var ours = new PooledBuffer();
        SendMessageBatchJson.Write(ours, Url, ["c-1", "c-2"], TimeSpan.FromSeconds(5));

        AssertSame(SendMessageBatchJson.Operation, ours);
    }

    private static ReceivedMessage Message(string handle) => new("m", handle, "{}", 1, DateTimeOffset.UnixEpoch);

    private void AssertSame(string operation, PooledBuffer ours) =>
        SdksRequest.AssertSame(_service, $"AmazonSQS.{operation}", ours);
}
