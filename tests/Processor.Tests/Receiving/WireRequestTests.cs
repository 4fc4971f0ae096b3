using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Processor.Receiving;
using Testing;

namespace Processor.Tests.Receiving;

/// <summary>What goes straight onto the wire says what the SDK would have said.</summary>
public sealed class WireRequestTests : IDisposable
{
    private const string Url = "http://sqs.test/1/genesys-events";

    private readonly CannedService _service = new();
    private readonly AmazonSQSClient _sqs;

    public WireRequestTests() =>
        _sqs = new AmazonSQSClient(
            new AmazonSQSConfig
            {
                ServiceURL = "http://sqs.test",
                AuthenticationRegion = "us-east-1",
                DefaultAWSCredentials = new BasicAWSCredentials("test", "test"),
                HttpClientFactory = _service,
            }
        );

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

        using var ours = new ServiceDefaults.Wire.PooledBuffer();
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

        using var ours = new ServiceDefaults.Wire.PooledBuffer();
        DeleteMessageBatchJson.Write(ours, Url, [Message("a+b/c=="), Message("\"é\"")]);

        AssertSame(DeleteMessageBatchJson.Operation, ours);
    }

    private static ReceivedMessage Message(string handle) => new("m", handle, "{}", 1, DateTimeOffset.UnixEpoch);

    private void AssertSame(string operation, ServiceDefaults.Wire.PooledBuffer ours)
    {
        var sdks = Assert.Single(_service.Requests);
        Assert.Equal($"AmazonSQS.{operation}", sdks.Headers["X-Amz-Target"]);
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(sdks.Body), JsonNode.Parse(ours.Written.Span)),
            $"{sdks.Body} / {Encoding.UTF8.GetString(ours.Written.Span)}"
        );
    }
}
