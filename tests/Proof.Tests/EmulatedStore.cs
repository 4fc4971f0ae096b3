using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Events.DeadLetters;
using Microsoft.Extensions.Options;
using Proof.Comparing;
using ServiceDefaults;
using Testing;

namespace Proof.Tests;

/// <summary>Queues and tables on the emulators, new and empty for each test.</summary>
public sealed class EmulatedStore : IAsyncLifetime
{
    private Emulators _emulators = null!;
    private AmazonSQSClient _sqs = null!;
    private AmazonDynamoDBClient _dynamoDb = null!;
    private PipelineOptions _names = null!;
    private string _deadLettersUrl = "";
    private int _stores;

    public async ValueTask InitializeAsync()
    {
        _emulators = await Emulators.StartAsync(TestContext.Current.CancellationToken);
        _sqs = _emulators.CreateSqsClient();
        _dynamoDb = _emulators.CreateDynamoDbClient();
    }

    public async ValueTask DisposeAsync()
    {
        _sqs.Dispose();
        _dynamoDb.Dispose();
        await _emulators.DisposeAsync();
    }

    internal async Task<Store> EmptyAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _stores).ToString(CultureInfo.InvariantCulture);
        _names = new PipelineOptions
        {
            EventsTable = $"events-{number}",
            ConversationsTable = $"conversations-{number}",
            ClaimsTable = $"claims-{number}",
            DeadLetterQueue = $"dlq-{number}",
        };
        _deadLettersUrl = (
            await _sqs.CreateQueueAsync(new CreateQueueRequest(_names.DeadLetterQueue), cancellationToken)
        ).QueueUrl;
        await _dynamoDb.MakeTableAsync(_names.EventsTable, ["subject", "event"], cancellationToken);
        await _dynamoDb.MakeTableAsync(_names.ConversationsTable, ["conversationId"], cancellationToken);
        await _dynamoDb.MakeTableAsync(_names.ClaimsTable, ["claim"], cancellationToken);

        var options = Options.Create(_names);
        return new Store(
            _sqs,
            _dynamoDb,
            new QueueUrls(_sqs, options, TimeProvider.System),
            options,
            TimeProvider.System
        );
    }

    internal async Task RecordAsync(IEnumerable<(string Subject, string Sort)> keys, DateTimeOffset at)
    {
        foreach (var (subject, sort) in keys)
        {
            await _dynamoDb.PutItemAsync(
                _names.EventsTable,
                new()
                {
                    ["subject"] = new AttributeValue(subject),
                    ["event"] = new AttributeValue(sort),
                    ["recorded"] = new() { N = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) },
                }
            );
        }
    }

    internal async Task ClaimAsync(string claim, int generation) =>
        await _dynamoDb.PutItemAsync(
            _names.ClaimsTable,
            new()
            {
                ["claim"] = new AttributeValue(claim),
                ["generation"] = new() { N = generation.ToString(CultureInfo.InvariantCulture) },
            }
        );

    internal async Task BuryAsync(IEnumerable<string> bodies, string? reason, string? messageId = null)
    {
        foreach (var body in bodies)
        {
            var request = new SendMessageRequest(_deadLettersUrl, body) { MessageAttributes = [] };
            Add(DeadLetterAttributeNames.Reason, reason);
            Add(DeadLetterAttributeNames.MessageId, messageId);
            await _sqs.SendMessageAsync(request);

            void Add(string name, string? value)
            {
                if (value is not null)
                {
                    request.MessageAttributes[name] = new() { DataType = "String", StringValue = value };
                }
            }
        }
    }
}
