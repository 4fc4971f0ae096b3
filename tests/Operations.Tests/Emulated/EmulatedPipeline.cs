using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Events.DeadLetters;
using ServiceDefaults;
using Testing;

namespace Operations.Tests.Emulated;

/// <summary>Queues and tables of one test on the emulators.</summary>
internal sealed class EmulatedPipeline(Emulators emulators, string name) : IDisposable
{
    private static readonly List<string> Everything = ["All"];

    public AmazonSQSClient Sqs { get; } = emulators.CreateSqsClient();

    public AmazonDynamoDBClient DynamoDb { get; } = emulators.CreateDynamoDbClient();

    public PipelineOptions Names { get; } =
        new()
        {
            EventsQueue = $"{name}-events",
            DeadLetterQueue = $"{name}-dlq",
            EnrichmentQueue = $"{name}-enrichment",
            EnrichmentDeadLetterQueue = $"{name}-enrichment-dlq",
            EventsTable = $"{name}-events",
            ClaimsTable = $"{name}-claims",
            AttemptsTable = $"{name}-attempts",
            ConversationsTable = $"{name}-conversations",
            BudgetTable = $"{name}-budget",
            DeadLettersTable = $"{name}-letters",
            OperationsTable = $"{name}-log",
        };

    public Uri DynamoDbUrl => emulators.DynamoDbUrl;

    public string EventsUrl { get; private set; } = "";

    public string DeadLettersUrl { get; private set; } = "";

    public string EnrichmentUrl { get; private set; } = "";

    public string EnrichmentDeadLettersUrl { get; private set; } = "";

    /// <summary>What a process needs in its environment to work on these queues and tables.</summary>
    public Dictionary<string, string> Environment =>
        new(emulators.Environment)
        {
            ["Pipeline__EventsQueue"] = Names.EventsQueue,
            ["Pipeline__DeadLetterQueue"] = Names.DeadLetterQueue,
            ["Pipeline__EnrichmentQueue"] = Names.EnrichmentQueue,
            ["Pipeline__EnrichmentDeadLetterQueue"] = Names.EnrichmentDeadLetterQueue,
            ["Pipeline__EventsTable"] = Names.EventsTable,
            ["Pipeline__ClaimsTable"] = Names.ClaimsTable,
            ["Pipeline__AttemptsTable"] = Names.AttemptsTable,
            ["Pipeline__ConversationsTable"] = Names.ConversationsTable,
            ["Pipeline__BudgetTable"] = Names.BudgetTable,
            ["Pipeline__DeadLettersTable"] = Names.DeadLettersTable,
            ["Pipeline__OperationsTable"] = Names.OperationsTable,
            ["Genesys__ApiBaseAddress"] = "http://127.0.0.1:9",
            ["Genesys__LoginBaseAddress"] = "http://127.0.0.1:9",
            ["Genesys__ClientId"] = "nobody",
            ["Genesys__ClientSecret"] = "not-asked-for",
        };

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        DeadLettersUrl = (await Sqs.CreateQueueAsync(Names.DeadLetterQueue, cancellationToken)).QueueUrl;
        EventsUrl = (await Sqs.CreateQueueAsync(Names.EventsQueue, cancellationToken)).QueueUrl;
        EnrichmentUrl = (await Sqs.CreateQueueAsync(Names.EnrichmentQueue, cancellationToken)).QueueUrl;
        EnrichmentDeadLettersUrl = (
            await Sqs.CreateQueueAsync(Names.EnrichmentDeadLetterQueue, cancellationToken)
        ).QueueUrl;
        await DynamoDb.MakeTableAsync(Names.EventsTable, ["subject", "event"], cancellationToken);
        await DynamoDb.MakeTableAsync(Names.ClaimsTable, ["claim"], cancellationToken);
        await DynamoDb.MakeTableAsync(Names.AttemptsTable, ["eventKey"], cancellationToken);
        await DynamoDb.MakeTableAsync(Names.ConversationsTable, ["conversationId"], cancellationToken);
        await DynamoDb.MakeTableAsync(Names.BudgetTable, ["budget"], cancellationToken);
        await DynamoDb.MakeTableAsync(Names.DeadLettersTable, ["shelf", "letter"], cancellationToken);
        await DynamoDb.MakeTableAsync(Names.OperationsTable, ["log", "entry"], cancellationToken);
    }

    /// <param name="others">Attributes that no program of ours writes.</param>
    public Task BuryAsync(
        string body,
        string reason,
        FailureClass failureClass,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] others
    ) =>
        BuryAsync(
            body,
            new DeadLetterAttributes
            {
                Reason = reason,
                Class = failureClass,
                Attempts = 3,
                SentAt = DateTimeOffset.UnixEpoch.AddYears(56),
                LastFailedAt = TimeProvider.System.GetUtcNow(),
            },
            cancellationToken,
            others
        );

    public async Task BuryAsync(
        string body,
        DeadLetterAttributes? attributes,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] others
    ) =>
        await Sqs.SendMessageAsync(
            new SendMessageRequest(DeadLettersUrl, body)
            {
                MessageAttributes = (attributes?.ToAttributes() ?? new Dictionary<string, string>())
                    .Select(attribute => (attribute.Key, attribute.Value))
                    .Concat(others)
                    .ToDictionary(
                        attribute => attribute.Item1,
                        attribute => new MessageAttributeValue { DataType = "String", StringValue = attribute.Item2 }
                    ),
            },
            cancellationToken
        );

    public Task<List<Message>> TakeEnrichmentAsync(CancellationToken cancellationToken) =>
        TakeAsync(EnrichmentUrl, cancellationToken);

    public Task<List<Message>> TakeEnrichmentDeadLettersAsync(CancellationToken cancellationToken) =>
        TakeAsync(EnrichmentDeadLettersUrl, cancellationToken);

    /// <summary>What waits in the queue of events; it is gone from there after.</summary>
    public Task<List<Message>> TakeEventsAsync(CancellationToken cancellationToken) =>
        TakeAsync(EventsUrl, cancellationToken);

    public Task<List<Message>> TakeDeadLettersAsync(CancellationToken cancellationToken) =>
        TakeAsync(DeadLettersUrl, cancellationToken);

    /// <summary>Visible and hidden together.</summary>
    public async Task<int> DeadLettersInQueueAsync(CancellationToken cancellationToken)
    {
        var answer = await Sqs.GetQueueAttributesAsync(DeadLettersUrl, Everything, cancellationToken);
        return (answer.Attributes ?? [])
            .Where(attribute => attribute.Key.StartsWith("ApproximateNumberOfMessages", StringComparison.Ordinal))
            .Sum(attribute => int.Parse(attribute.Value, CultureInfo.InvariantCulture));
    }

    public async Task RecordAsync(
        string subject,
        string sortKey,
        DateTimeOffset published,
        CancellationToken cancellationToken
    ) =>
        await DynamoDb.PutItemAsync(
            Names.EventsTable,
            new()
            {
                ["subject"] = new AttributeValue(subject),
                ["event"] = new AttributeValue(sortKey),
                ["kind"] = new AttributeValue("v2.detail.events.conversation.{id}.wrapup"),
                ["envelopeId"] = new AttributeValue("an-envelope"),
                ["published"] = Number(published.ToUnixTimeMilliseconds()),
                ["received"] = Number(published.ToUnixTimeMilliseconds()),
                ["recorded"] = Number(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
                ["body"] = new AttributeValue("{}"),
            },
            cancellationToken
        );

    /// <summary>What a Processor writes down of an event that failed.</summary>
    public async Task CountAttemptsAsync(string key, int attempts, CancellationToken cancellationToken) =>
        await DynamoDb.PutItemAsync(
            Names.AttemptsTable,
            new() { ["eventKey"] = new AttributeValue(key), ["transientAttempts"] = Number(attempts) },
            cancellationToken
        );

    /// <summary>What enrichment writes of a conversation, as far as Operations looks at it.</summary>
    public Task SummariseAsync(
        string conversationId,
        string details,
        CancellationToken cancellationToken,
        string summary = "{}"
    ) => SummariseAsync(conversationId, details, TimeSpan.Zero, cancellationToken, summary);

    public async Task SummariseAsync(
        string conversationId,
        string details,
        TimeSpan ago,
        CancellationToken cancellationToken,
        string summary = "{}"
    )
    {
        var now = Number((TimeProvider.System.GetUtcNow() - ago).ToUnixTimeMilliseconds());
        await DynamoDb.PutItemAsync(
            Names.ConversationsTable,
            new()
            {
                ["conversationId"] = new AttributeValue(conversationId),
                ["details"] = new AttributeValue(details),
                ["summary"] = new AttributeValue(summary),
                ["writtenAt"] = now,
                ["calledAt"] = now,
                ["calledFor"] = Number(17),
                ["callAnswer"] = new AttributeValue("answered"),
            },
            cancellationToken
        );
    }

    /// <summary>As the table does when the time of a letter is over.</summary>
    public async Task ExpireAsync(string letter, CancellationToken cancellationToken) =>
        await DynamoDb.DeleteItemAsync(
            Names.DeadLettersTable,
            new() { ["shelf"] = new AttributeValue($"letters-{letter[0]}"), ["letter"] = new AttributeValue(letter) },
            cancellationToken
        );

    /// <summary>An entry of the list of redrives that somebody should work on.</summary>
    public async Task ListUnderWayAsync(string id, DateTimeOffset listed, CancellationToken cancellationToken) =>
        await DynamoDb.PutItemAsync(
            Names.OperationsTable,
            new()
            {
                ["log"] = new AttributeValue("redrives-under-way"),
                ["entry"] = new AttributeValue(id),
                ["listed"] = Number(listed.ToUnixTimeMilliseconds()),
            },
            cancellationToken
        );

    public void Dispose()
    {
        Sqs.Dispose();
        DynamoDb.Dispose();
    }

    private async Task<List<Message>> TakeAsync(string url, CancellationToken cancellationToken)
    {
        var taken = new List<Message>();
        while (true)
        {
            var answer = await Sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest(url)
                {
                    MaxNumberOfMessages = 10,
                    VisibilityTimeout = 600,
                    MessageAttributeNames = Everything,
                    MessageSystemAttributeNames = Everything,
                },
                cancellationToken
            );
            if (answer.Messages is not { Count: > 0 } messages)
            {
                return taken;
            }

            taken.AddRange(messages);
            foreach (var message in messages)
            {
                await Sqs.DeleteMessageAsync(url, message.ReceiptHandle, cancellationToken);
            }
        }
    }

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
