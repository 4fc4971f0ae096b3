using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Bench.Programs;
using Testing;

namespace Bench.Endpoints;

/// <summary>The emulators of embedded mode, new for each run, with the product's queues and tables; each behind a forwarder that counts.</summary>
internal sealed class EmulatedAws : IMeasuredAws
{
    private const int Senders = 4;

    private readonly Emulators _emulators;
    private readonly CountingForwarder _sqs;
    private readonly CountingForwarder _dynamoDb;

    private EmulatedAws(Emulators emulators, WriteAnswers? writes)
    {
        _emulators = emulators;
        _sqs = new CountingForwarder(emulators.SqsUrl, Counts, writes: null);
        _dynamoDb = new CountingForwarder(emulators.DynamoDbUrl, Counts, writes);
        SqsClient = emulators.CreateSqsClient();
        DynamoDbClient = emulators.CreateDynamoDbClient();
    }

    public RequestCounts Counts { get; } = new();

    /// <summary>Past the counter, for what the bench itself has to ask.</summary>
    public AmazonSQSClient SqsClient { get; }

    public AmazonDynamoDBClient DynamoDbClient { get; }

    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(Names.On(_sqs.Url, _dynamoDb.Url))
        {
            // The emulator knows a queue by the URL it gave it, whichever port the request comes through.
            ["EVENTS_QUEUE_URL"] = EventsQueueUrl,
            ["DEAD_LETTER_QUEUE_URL"] = DeadLetterQueueUrl,
        };

    private string EventsQueueUrl { get; set; } = string.Empty;

    private string DeadLetterQueueUrl { get; set; } = string.Empty;

    /// <param name="writes">Told when the table answers for an event, where anybody wants to know.</param>
    public static async Task<EmulatedAws> StartAsync(WriteAnswers? writes = null)
    {
        var aws = new EmulatedAws(await Emulators.StartAsync(CancellationToken.None), writes);
        await MeasuredProgram.RunAsync("dotnet", [Repository.ProgramOf("Provisioner")], aws._emulators.Environment);
        await aws.DynamoDbClient.MakeTableAsync(Names.PeersTable, ["id"], CancellationToken.None);
        aws.EventsQueueUrl = (await aws.SqsClient.GetQueueUrlAsync(Names.EventsQueue)).QueueUrl;
        aws.DeadLetterQueueUrl = (await aws.SqsClient.GetQueueUrlAsync(Names.DeadLetterQueue)).QueueUrl;
        return aws;
    }

    public async Task LoadAsync(IReadOnlyList<string> bodies)
    {
        using var senders = new SemaphoreSlim(Senders);
        await Task.WhenAll(
            bodies
                .Chunk(10)
                .Select(async ten =>
                {
                    await senders.WaitAsync();
                    try
                    {
                        await SendAsync(ten);
                    }
                    finally
                    {
                        senders.Release();
                    }
                })
        );
    }

    public async Task SendAsync(IEnumerable<string> bodies)
    {
        var entries = bodies
            .Select(
                (body, index) => new SendMessageBatchRequestEntry(index.ToString(CultureInfo.InvariantCulture), body)
            )
            .ToList();
        var sent = await SqsClient.SendMessageBatchAsync(new SendMessageBatchRequest(EventsQueueUrl, entries));
        if (sent.Failed is { Count: > 0 } failed)
        {
            throw new InvalidOperationException($"SQS refused {failed.Count} messages: {failed[0].Message}");
        }
    }

    public async Task<int> RecordedAsync()
    {
        var described = await DynamoDbClient.ScanAsync(
            new ScanRequest(Names.EventsTable) { Select = Select.COUNT, ConsistentRead = true }
        );
        var count = described.Count ?? 0;
        while (described.LastEvaluatedKey is { Count: > 0 } next)
        {
            described = await DynamoDbClient.ScanAsync(
                new ScanRequest(Names.EventsTable)
                {
                    Select = Select.COUNT,
                    ConsistentRead = true,
                    ExclusiveStartKey = next,
                }
            );
            count += described.Count ?? 0;
        }

        return count;
    }

    public Task<int> LeftAsync() => MessagesInAsync(EventsQueueUrl);

    public Task<int> DeadLettersAsync() => MessagesInAsync(DeadLetterQueueUrl);

    public async ValueTask DisposeAsync()
    {
        await _sqs.DisposeAsync();
        await _dynamoDb.DisposeAsync();
        SqsClient.Dispose();
        DynamoDbClient.Dispose();
        await _emulators.DisposeAsync();
    }

    private async Task<int> MessagesInAsync(string queueUrl)
    {
        var answer = await SqsClient.GetQueueAttributesAsync(queueUrl, ["All"]);
        return (answer.Attributes ?? [])
            .Where(attribute => attribute.Key.StartsWith("ApproximateNumberOfMessages", StringComparison.Ordinal))
            .Sum(attribute => int.Parse(attribute.Value, CultureInfo.InvariantCulture));
    }
}
