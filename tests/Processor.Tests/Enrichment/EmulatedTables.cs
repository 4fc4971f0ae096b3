using System.Diagnostics.Metrics;
using Amazon.DynamoDBv2;
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
        var cancellationToken = TestContext.Current.CancellationToken;
        _emulators = await Emulators.StartAsync(cancellationToken);
        _dynamoDb = _emulators.CreateDynamoDbClient();
        await DynamoDb.MakeTableAsync(Names.EventsTable, ["subject", "event"], cancellationToken);
        await DynamoDb.MakeTableAsync(Names.ConversationsTable, ["conversationId"], cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _dynamoDb?.Dispose();
        if (_emulators is not null)
        {
            await _emulators.DisposeAsync();
        }
    }
}
