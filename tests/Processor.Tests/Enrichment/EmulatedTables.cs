using System.Diagnostics.Metrics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Processor.Processing;
using ServiceDefaults;
using Testing;

namespace Processor.Tests.Enrichment;

/// <summary>The emulated DynamoDB with the tables that enrichment reads and writes.</summary>
public sealed class EmulatedTables : IAsyncLifetime
{
    private Emulators? _emulators;
    private AmazonDynamoDBClient? _dynamoDb;

    public IAmazonDynamoDB DynamoDb => _dynamoDb!;

    internal static PipelineOptions Names { get; } = new();

    internal static Ledger Ledger { get; } =
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    public async ValueTask InitializeAsync()
    {
        _emulators = await Emulators.StartAsync(TestContext.Current.CancellationToken);
        _dynamoDb = new AmazonDynamoDBClient(
            new BasicAWSCredentials("test", "test"),
            new AmazonDynamoDBConfig
            {
                ServiceURL = _emulators.DynamoDbUrl.ToString(),
                AuthenticationRegion = "us-east-1",
            }
        );
        await CreateAsync(Names.EventsTable, "subject", "event");
        await CreateAsync(Names.ConversationsTable, "conversationId");
    }

    public async ValueTask DisposeAsync()
    {
        _dynamoDb?.Dispose();
        if (_emulators is not null)
        {
            await _emulators.DisposeAsync();
        }
    }

    private async Task CreateAsync(string table, params string[] keys)
    {
        await DynamoDb.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = table,
                KeySchema =
                [
                    .. keys.Select(
                        (key, index) => new KeySchemaElement(key, index == 0 ? KeyType.HASH : KeyType.RANGE)
                    ),
                ],
                AttributeDefinitions = [.. keys.Select(key => new AttributeDefinition(key, ScalarAttributeType.S))],
                BillingMode = BillingMode.PAY_PER_REQUEST,
            },
            TestContext.Current.CancellationToken
        );
        while (
            (await DynamoDb.DescribeTableAsync(table, TestContext.Current.CancellationToken)).Table.TableStatus
            != TableStatus.ACTIVE
        )
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
