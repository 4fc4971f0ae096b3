using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Processor.Enrichment;
using Processor.Enrichment.Timeline;

namespace Processor.Tests.Enrichment;

public sealed class DynamoDbSummaryTableTests(EmulatedTables tables)
    : SummaryTableContract,
        IClassFixture<EmulatedTables>
{
    private protected override ISummaryTable Table { get; } =
        TableNamed(tables, EmulatedTables.Names.ConversationsTable);

    [Fact]
    public async Task A_reader_finds_what_it_filters_by_and_the_whole_as_json()
    {
        var call = new DetailsCall(DateTimeOffset.FromUnixTimeMilliseconds(1_773_929_200_000), 17, "answered");
        var summary = Summary(events: 15, DetailsState.Unavailable) with { Call = call };
        await Table.WriteAsync(summary, TestContext.Current.CancellationToken);

        var key = new Dictionary<string, AttributeValue> { ["conversationId"] = new(summary.ConversationId) };
        var item = (
            await tables.DynamoDb.GetItemAsync("conversations", key, TestContext.Current.CancellationToken)
        ).Item;

        Assert.Equal(
            ("WrappedUp", "Answered", "unavailable", "VOICE", "INBOUND"),
            (item["state"].S, item["outcome"].S, item["details"].S, item["media"].S, item["direction"].S)
        );
        Assert.Equal("1773929198220", item["enrichedThrough"].N);
        Assert.Equal(
            ("1773929200000", "17", "answered"),
            (item["calledAt"].N, item["calledFor"].N, item["callAnswer"].S)
        );
        Assert.True(item.ContainsKey("expires"));
        using var json = JsonDocument.Parse(item["summary"].S);
        Assert.Equal(280_000, json.RootElement.GetProperty("durations").GetProperty("talk").GetInt64());
        Assert.Equal("WrappedUp", json.RootElement.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_no_answer_and_no_exception()
    {
        var write = await TableNamed(tables, "missing")
            .WriteAsync(Summary(events: 1, DetailsState.Pending), TestContext.Current.CancellationToken);

        Assert.IsType<SummaryWrite.Unavailable>(write);
    }

    private static DynamoDbSummaryTable TableNamed(EmulatedTables tables, string name) =>
        new(tables.DynamoDb, name, new EnrichmentOptions(), TimeProvider.System, EmulatedTables.Ledger);
}
