using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using GenesysApi.Budget;
using Microsoft.Extensions.Options;
using ServiceDefaults;
using Testing;

namespace GenesysApi.Tests.Budget;

public sealed class DynamoDbBudgetStoreTests(EmulatedTables tables) : BudgetStoreContract, IClassFixture<EmulatedTables>
{
    protected override IBudgetStore Store { get; } = StoreAt(tables.Url, new PipelineOptions().BudgetTable);

    [Fact]
    public async Task The_block_of_everything_stands_at_the_top_of_the_item()
    {
        var until = new DateTimeOffset(2026, 3, 19, 14, 0, 37, TimeSpan.Zero);
        var record = BudgetRecord.Unused("blocked") with
        {
            Version = 1,
            Blocks = [new BudgetBlock(BudgetBlock.Everything, until, "token.rate.per.minute")],
        };
        await Store.WriteAsync(record, TestContext.Current.CancellationToken);

        using var dynamoDb = EmulatedTables.ClientOf(tables.Url);
        var key = new Dictionary<string, AttributeValue> { ["budget"] = new() { S = "blocked" } };
        var item = (await dynamoDb.GetItemAsync("api-budget", key, TestContext.Current.CancellationToken)).Item;

        Assert.Equal(("1773928837000", "token.rate.per.minute"), (item["blockedUntil"].N, item["blockedBy"].S));
        Assert.True(item.ContainsKey("expires"));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_no_answer_and_no_exception()
    {
        var store = StoreAt(tables.Url, "missing");

        Assert.IsType<BudgetRead.Unavailable>(await store.ReadAsync("client", TestContext.Current.CancellationToken));
        Assert.IsType<BudgetWrite.Unavailable>(
            await store.WriteAsync(
                BudgetRecord.Unused("client") with
                {
                    Version = 1,
                },
                TestContext.Current.CancellationToken
            )
        );
    }

    [Fact]
    public async Task A_host_that_does_not_listen_is_no_answer_and_no_exception()
    {
        var store = StoreAt(new Uri("http://127.0.0.1:9"), "api-budget");

        Assert.IsType<BudgetRead.Unavailable>(await store.ReadAsync("client", TestContext.Current.CancellationToken));
    }

    private static DynamoDbBudgetStore StoreAt(Uri url, string table) =>
        new(
            EmulatedTables.ClientOf(url),
            Options.Create(new PipelineOptions { BudgetTable = table }),
            TimeProvider.System
        );
}

/// <summary>The emulated DynamoDB with the budget's table in it.</summary>
public sealed class EmulatedTables : IAsyncLifetime
{
    private Emulators? _emulators;

    public Uri Url => _emulators!.DynamoDbUrl;

    public static AmazonDynamoDBClient ClientOf(Uri url) =>
        new(
            new BasicAWSCredentials("test", "test"),
            new AmazonDynamoDBConfig
            {
                ServiceURL = url.ToString(),
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 0,
            }
        );

    public async ValueTask InitializeAsync()
    {
        _emulators = await Emulators.StartAsync(TestContext.Current.CancellationToken);
        using var dynamoDb = ClientOf(Url);
        await dynamoDb.MakeTableAsync(
            new PipelineOptions().BudgetTable,
            ["budget"],
            TestContext.Current.CancellationToken
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulators is not null)
        {
            await _emulators.DisposeAsync();
        }
    }
}
