using Amazon.Runtime;
using Amazon.SQS;
using AWSSDK.SQS.Tests.Emulated;
using Testing;

[assembly: AssemblyFixture(typeof(EmulatedSqs))]

namespace AWSSDK.SQS.Tests.Emulated;

/// <summary>The emulator, once for all tests; each test has a queue of its own.</summary>
public sealed class EmulatedSqs : IAsyncLifetime
{
    private Emulators? _emulators;
    private int _queues;

    public AmazonSQSClient Client { get; private set; } = null!;

    public string Url => _emulators!.SqsUrl.ToString();

    public async ValueTask InitializeAsync()
    {
        _emulators = await Emulators.StartAsync(TestContext.Current.CancellationToken);
        Client = new AmazonSQSClient(
            new BasicAWSCredentials("test", "test"),
            new AmazonSQSConfig { ServiceURL = Url, AuthenticationRegion = "us-east-1" }
        );
    }

    public string NewQueueName() => $"queue-{Interlocked.Increment(ref _queues)}";

    public async Task<string> NewQueueAsync()
    {
        var created = await Client.CreateQueueAsync(NewQueueName(), TestContext.Current.CancellationToken);
        return created.QueueUrl;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_emulators is not null)
        {
            await _emulators.DisposeAsync();
        }
    }
}
