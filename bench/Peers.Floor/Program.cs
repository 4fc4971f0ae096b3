using System.Runtime.InteropServices;
using Peers.Floor;

// The floor: the requests of a Processor whose batches share no write - receive ten, write ten in one BatchWriteItem, delete ten - and nothing else. No event is decoded, no
// item has a key of its own making, nothing is signed, checked, measured or retried, and an answer that is not 200 ends it.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(0));

const int Loops = 8;
var queueUrl = Setting("EVENTS_QUEUE_URL");
var table = Setting("EVENTS_TABLE");
var sqs = new Uri(Setting("AWS_ENDPOINT_URL_SQS"));
var dynamoDb = new Uri(Setting("AWS_ENDPOINT_URL_DYNAMODB"));

Console.WriteLine($"Receiving with {Loops} loops.");
await Task.WhenAll(
    Enumerable
        .Range(0, Loops)
        .Select(async _ =>
        {
            using var queue = await Connection.OpenAsync(sqs);
            using var store = await Connection.OpenAsync(dynamoDb);
            await new FloorLoop(queue, store, queueUrl, table).RunAsync();
        })
);

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
