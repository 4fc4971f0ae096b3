using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Operations.Tables;

namespace Operations.Tests.Tables;

public sealed class ItemsByKeyTests
{
    [Fact]
    public async Task More_keys_than_a_call_may_have_are_several_calls()
    {
        using var table = new ThrottledDynamoDb();

        var read = await ReadAsync(table, 250);

        Assert.Equal([100, 100, 50], table.Asked);
        Assert.Equal((250, 0), (read.Items.Count, read.Missing));
    }

    [Fact]
    public async Task What_a_table_left_out_is_asked_for_again_and_only_that()
    {
        using var table = new ThrottledDynamoDb(7, 2);

        var read = await ReadAsync(table, 10);

        Assert.Equal([10, 3, 1], table.Asked);
        Assert.Equal((10, 0), (read.Items.Count, read.Missing));
    }

    [Fact]
    public async Task A_table_that_gives_no_more_is_left_alone_and_what_is_missing_is_told()
    {
        using var table = new ThrottledDynamoDb([6, .. Enumerable.Repeat(0, 50)]);

        var read = await ReadAsync(table, 10);

        Assert.Equal(4, table.Asked.Count);
        Assert.Equal((6, 4), (read.Items.Count, read.Missing));
    }

    private static Task<ItemsRead> ReadAsync(ThrottledDynamoDb table, int keys) =>
        new ItemsByKey(table, TimeProvider.System).ReadAsync(
            "a-table",
            [
                .. Enumerable
                    .Range(0, keys)
                    .Select(key => new Dictionary<string, AttributeValue>
                    {
                        ["key"] = new(key.ToString(CultureInfo.InvariantCulture)),
                    }),
            ],
            attributes: null,
            TestContext.Current.CancellationToken
        );
}
