using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using Processor.Announcing;
using Processor.Effects;
using Processor.Processing;
using Processor.Receiving;
using Processor.Recording;
using Processor.Settlement;
using Processor.Testing.Outside;
using Processor.Testing.Watching;
using ServiceDefaults;
using Testing;

namespace Processor.Tests.Emulated;

/// <summary>Queues and tables of one test on the emulators, and the production seams on them.</summary>
internal sealed class EmulatedPipeline(Emulators emulators, string name) : IDisposable
{
    private const string All = "All";

    private readonly List<IDisposable> _clients = [];

    public AmazonSQSClient Sqs { get; } = emulators.CreateSqsClient();

    /// <summary>What the production seams asked of the emulators, and nobody else.</summary>
    public AskedRequests Asked { get; } = new();

    public AmazonDynamoDBClient DynamoDb { get; } = emulators.CreateDynamoDbClient();

    /// <summary>All that the production seams measure.</summary>
    public CapturedMetrics Metrics { get; } = new();

    public PipelineOptions Names { get; } =
        new()
        {
            EventsQueue = $"{name}-events",
            DeadLetterQueue = $"{name}-dlq",
            EnrichmentQueue = $"{name}-enrichment",
            EventsTable = $"{name}-events",
            ClaimsTable = $"{name}-claims",
            AttemptsTable = $"{name}-attempts",
        };

    public string EventsUrl { get; private set; } = string.Empty;

    public string DeadLettersUrl { get; private set; } = string.Empty;

    public string EnrichmentUrl { get; private set; } = string.Empty;

    /// <summary>What a process needs in its environment to work on these queues and tables.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(emulators.Environment)
        {
            ["Pipeline__EventsQueue"] = Names.EventsQueue,
            ["Pipeline__DeadLetterQueue"] = Names.DeadLetterQueue,
            ["Pipeline__EnrichmentQueue"] = Names.EnrichmentQueue,
            ["Pipeline__EventsTable"] = Names.EventsTable,
            ["Pipeline__ClaimsTable"] = Names.ClaimsTable,
            ["Pipeline__AttemptsTable"] = Names.AttemptsTable,
        };

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        EventsUrl = await QueueAsync(Names.EventsQueue, cancellationToken);
        DeadLettersUrl = await QueueAsync(Names.DeadLetterQueue, cancellationToken);
        EnrichmentUrl = await QueueAsync(Names.EnrichmentQueue, cancellationToken);
        await DynamoDb.MakeTableAsync(Names.EventsTable, ["subject", "event"], cancellationToken);
        await DynamoDb.MakeTableAsync(Names.ClaimsTable, ["claim"], cancellationToken);
        await DynamoDb.MakeTableAsync(Names.AttemptsTable, ["eventKey"], cancellationToken);
    }

    /// <summary>The seams of production, as they are wired in production.</summary>
    public Seams Seams(TimeProvider time, ReceivingOptions? receiving = null, EffectsOptions? effects = null)
    {
        receiving ??= new ReceivingOptions();
        var ledger = new Ledger(Metrics);
        var (sqs, dynamoDb) = (emulators.CreateSqsClient(Asked), emulators.CreateDynamoDbClient(Asked));
        _clients.AddRange([sqs, dynamoDb]);
        var urls = new QueueUrls(sqs, Options.Create(Names), time);
        return new Seams(
            new SqsEventQueue(
                sqs,
                sqs,
                urls.OfEventsAsync,
                receiving.WaitTime,
                receiving.VisibilityTimeout,
                ledger,
                time
            ),
            new DynamoDbEventTable(dynamoDb, Names.EventsTable, ledger, time),
            new DynamoDbClaimStore(dynamoDb, Names.ClaimsTable, effects ?? new EffectsOptions(), time, ledger),
            new DynamoDbAttemptStore(dynamoDb, Names.AttemptsTable, new SettlementOptions(), time, ledger),
            new SqsDeadLetterQueue(sqs, urls, ledger, time),
            new SqsEnrichmentRequests(sqs, urls, ledger, time)
        );
    }

    public async Task SendEventsAsync(IEnumerable<string> bodies, CancellationToken cancellationToken)
    {
        foreach (var chunk in bodies.Chunk(10))
        {
            var sent = await Sqs.SendMessageBatchAsync(
                new SendMessageBatchRequest(
                    EventsUrl,
                    [.. chunk.Select((body, position) => new SendMessageBatchRequestEntry(BatchIds.Of(position), body))]
                ),
                cancellationToken
            );
            Assert.Empty(sent.Failed ?? []);
        }
    }

    /// <summary>How many messages the queue of events holds, hidden ones included.</summary>
    public Task<int> MessagesLeftAsync(CancellationToken cancellationToken) =>
        CountAsync("ApproximateNumberOfMessages", cancellationToken);

    /// <summary>How many of them nobody can receive now.</summary>
    public Task<int> MessagesHiddenAsync(CancellationToken cancellationToken) =>
        CountAsync("ApproximateNumberOfMessagesNotVisible", cancellationToken);

    public async Task<IReadOnlyList<Message>> DeadLettersAsync(CancellationToken cancellationToken)
    {
        var letters = new List<Message>();
        while (true)
        {
            var answer = await Sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest(DeadLettersUrl) { MaxNumberOfMessages = 10, MessageAttributeNames = [All] },
                cancellationToken
            );
            if (answer.Messages is not { Count: > 0 } messages)
            {
                return letters;
            }

            letters.AddRange(messages);
        }
    }

    public async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> EventItemsAsync(
        CancellationToken cancellationToken
    )
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await DynamoDb.ScanAsync(
                new ScanRequest(Names.EventsTable) { ConsistentRead = true, ExclusiveStartKey = start },
                cancellationToken
            );
            items.AddRange(page.Items);
            start = page.LastEvaluatedKey is { Count: > 0 } next ? next : null;
        } while (start is not null);

        return items;
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        Sqs.Dispose();
        DynamoDb.Dispose();
        Asked.Dispose();
        Metrics.Dispose();
    }

    private async Task<int> CountAsync(string attributes, CancellationToken cancellationToken)
    {
        var answer = await Sqs.GetQueueAttributesAsync(EventsUrl, [All], cancellationToken);
        return (answer.Attributes ?? [])
            .Where(attribute => attribute.Key.StartsWith(attributes, StringComparison.Ordinal))
            .Sum(attribute => int.Parse(attribute.Value, CultureInfo.InvariantCulture));
    }

    private async Task<string> QueueAsync(string queueName, CancellationToken cancellationToken) =>
        (await Sqs.CreateQueueAsync(queueName, cancellationToken)).QueueUrl;
}
