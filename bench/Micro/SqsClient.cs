using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using BenchmarkDotNet.Attributes;
using Processor.Processing;
using Processor.Receiving;
using Processor.Testing.Building;
using Processor.Testing.Watching;

namespace Micro;

/// <summary>A receive and a delete of ten, from the call to the objects of the answer, with an answer that is there at once: ours and the SDK's.</summary>
public class SqsClient : IDisposable
{
    private readonly CannedHttp _http = new();
    private readonly SilentMeters _metrics = new();
    private readonly AmazonSQSClient _sqs;
    private readonly SqsEventQueue _queue;
    private readonly ReceivedMessage[] _done =
    [
        .. Enumerable
            .Range(0, 10)
            .Select(index => new ReceivedMessage($"{index}", new string('h', 180), "{}", 1, DateTimeOffset.UnixEpoch)),
    ];

    private readonly ReceiveMessageRequest _receive = new("http://sqs.test/0/genesys-events")
    {
        MaxNumberOfMessages = 10,
        WaitTimeSeconds = 20,
    };

    private readonly DeleteMessageBatchRequest _delete = new(
        "http://sqs.test/0/genesys-events",
        [
            .. Enumerable
                .Range(0, 10)
                .Select(index => new DeleteMessageBatchRequestEntry($"{index}", new string('h', 180))),
        ]
    );

    private readonly byte[] _tenMessages = JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Messages = Samples
                .Call("bench-conversation")
                .Take(10)
                .Select(body => new
                {
                    MessageId = "00000000-0000-0000-0000-000000000000",
                    ReceiptHandle = new string('h', 180),
                    MD5OfBody = Md5(body),
                    Body = body,
                    Attributes = new { ApproximateReceiveCount = "1", SentTimestamp = "1773928872120" },
                })
                .ToArray(),
        }
    );

    private readonly byte[] _tenDeleted = JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Successful = Enumerable.Range(0, 10).Select(index => new { Id = $"{index}" }).ToArray(),
            Failed = Array.Empty<object>(),
        }
    );

    public SqsClient()
    {
        _sqs = new AmazonSQSClient(
            new AmazonSQSConfig
            {
                DefaultAWSCredentials = new BasicAWSCredentials("test", "test"),
                ServiceURL = "http://sqs.test",
                AuthenticationRegion = "us-east-1",
                HttpClientFactory = _http,
            }
        );
        _queue = new SqsEventQueue(
            _sqs,
            _sqs,
            _ => new("http://sqs.test/0/genesys-events"),
            TimeSpan.FromSeconds(20),
            TimeSpan.FromSeconds(60),
            new Ledger(_metrics),
            TimeProvider.System
        );
    }

    [Benchmark(Description = "receive ten: request, sign, parse")]
    public async Task<int> ReceiveTen()
    {
        _http.Answer = _tenMessages;
        return ((ReceiveAnswer.Messages)await _queue.ReceiveAsync(10, CancellationToken.None)).Received.Count;
    }

    [Benchmark(Description = "delete ten: request, sign, parse")]
    public async Task<int> DeleteTen()
    {
        _http.Answer = _tenDeleted;
        return (await _queue.DeleteAsync(_done, CancellationToken.None)).Length;
    }

    [Benchmark(Description = "receive ten with the SDK")]
    public Task<ReceiveMessageResponse> Receive()
    {
        _http.Answer = _tenMessages;
        return _sqs.ReceiveMessageAsync(_receive);
    }

    [Benchmark(Description = "delete ten with the SDK")]
    public Task<DeleteMessageBatchResponse> Delete()
    {
        _http.Answer = _tenDeleted;
        return _sqs.DeleteMessageBatchAsync(_delete);
    }

    public void Dispose()
    {
        _sqs.Dispose();
        _metrics.Dispose();
    }

#pragma warning disable CA5351 // SQS's own check sum, not a protection.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
