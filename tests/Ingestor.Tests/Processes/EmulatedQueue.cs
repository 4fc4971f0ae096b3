using Amazon.SQS;
using Amazon.SQS.Model;
using Testing;

namespace Ingestor.Tests.Processes;

/// <summary>The queue in the emulator, made for a class of tests.</summary>
public sealed class EmulatedQueue : IAsyncLifetime
{
    public const string Name = "genesys-events";

    private Emulators? _emulators;
    private AmazonSQSClient? _sqs;
    private string _url = "";

    public string Url => _url;

    public IReadOnlyDictionary<string, string> Environment => _emulators!.Environment;

    public async ValueTask InitializeAsync()
    {
        _emulators = await Emulators.StartAsync(TestContext.Current.CancellationToken);
        _sqs = _emulators.CreateSqsClient();
        _url = (await _sqs.CreateQueueAsync(Name, TestContext.Current.CancellationToken)).QueueUrl;
    }

    /// <summary>Takes everything out of the queue.</summary>
    public async Task<List<Message>> TakeAllAsync()
    {
        var all = new List<Message>();
        var request = new ReceiveMessageRequest(_url)
        {
            MaxNumberOfMessages = 10,
            MessageAttributeNames = ["All"],
            WaitTimeSeconds = 0,
        };
        while (
            await _sqs!.ReceiveMessageAsync(request, TestContext.Current.CancellationToken)
                is { Messages.Count: > 0 } received
        )
        {
            all.AddRange(received.Messages);
            await _sqs.DeleteMessageBatchAsync(
                _url,
                [
                    .. received.Messages.Select(
                        (message, position) => new DeleteMessageBatchRequestEntry($"{position}", message.ReceiptHandle)
                    ),
                ],
                TestContext.Current.CancellationToken
            );
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        _sqs?.Dispose();
        if (_emulators is not null)
        {
            await _emulators.DisposeAsync();
        }
    }
}
