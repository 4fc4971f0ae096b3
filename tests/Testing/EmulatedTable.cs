using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Testing;

public static class EmulatedTable
{
    private static readonly TimeSpan ActiveWithin = TimeSpan.FromSeconds(20);

    /// <summary>A table with text keys, ready to be used.</summary>
    /// <param name="dynamoDb">The emulator.</param>
    /// <param name="name">Of the table.</param>
    /// <param name="keys">The partition key and, where there is one, the sort key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task MakeTableAsync(
        this IAmazonDynamoDB dynamoDb,
        string name,
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    )
    {
        await dynamoDb.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = [.. keys.Select(key => new AttributeDefinition(key, ScalarAttributeType.S))],
                KeySchema =
                [
                    .. keys.Select(
                        (key, index) => new KeySchemaElement(key, index == 0 ? KeyType.HASH : KeyType.RANGE)
                    ),
                ],
            },
            cancellationToken
        );
        await Eventually.SeesAsync(
            async token => (await dynamoDb.DescribeTableAsync(name, token)).Table.TableStatus.Value,
            status => status == TableStatus.ACTIVE.Value,
            ActiveWithin,
            cancellationToken
        );
    }
}
