using System.Runtime.InteropServices;
using Amazon.DynamoDBv2;
using Amazon.SQS;
using Peers.Plain;

// The consumer that a good .NET developer writes in a day: eight long-polling loops, an idempotency record in two phases around each event,
// deletes in batches. AWS is where the SDK's environment says.
using var sqs = new AmazonSQSClient();
using var dynamoDb = new AmazonDynamoDBClient();
using var ending = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(
    PosixSignal.SIGTERM,
    signal =>
    {
        signal.Cancel = true;
        ending.Cancel();
    }
);

var recorder = new IdempotentRecorder(dynamoDb, Setting("CLAIMS_TABLE"), Setting("EVENTS_TABLE"), TimeProvider.System);
var consumer = new Consumer(sqs, recorder, Setting("EVENTS_QUEUE_URL"), Setting("DEAD_LETTER_QUEUE_URL"));

Console.WriteLine($"Receiving with {Consumer.Loops} loops.");
await Task.WhenAll(Enumerable.Range(0, Consumer.Loops).Select(_ => consumer.RunAsync(ending.Token)));

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
