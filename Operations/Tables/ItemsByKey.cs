using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Operations.Tables;

using Item = Dictionary<string, AttributeValue>;

/// <summary>
/// Items of a table by their keys, a hundred a call. DynamoDB leaves out what it has no capacity for, without a word of error; that
/// is asked for again a few times, and what is missing even then is told.
/// </summary>
internal sealed class ItemsByKey(IAmazonDynamoDB dynamoDb, TimeProvider time)
{
    private const int KeysOfCall = 100;
    private const int AttemptsMax = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <param name="table">Its name.</param>
    /// <param name="keys">No key twice.</param>
    /// <param name="attributes">Those that are wanted; null for all.</param>
    public async Task<ItemsRead> ReadAsync(
        string table,
        IReadOnlyCollection<Item> keys,
        IReadOnlyList<string>? attributes,
        CancellationToken cancellationToken
    )
    {
        var items = new List<Item>(keys.Count);
        var missing = 0;
        foreach (var some in keys.Chunk(KeysOfCall))
        {
            missing += await ReadAsync(table, [.. some], attributes, items, cancellationToken);
        }

        return new ItemsRead(items, missing);
    }

    /// <returns>How many keys were not answered for.</returns>
    private async Task<int> ReadAsync(
        string table,
        List<Item> keys,
        IReadOnlyList<string>? attributes,
        List<Item> items,
        CancellationToken cancellationToken
    )
    {
        var asked = new KeysAndAttributes { Keys = keys, ConsistentRead = true };
        if (attributes is not null)
        {
            // Under names of our own: `event` and `state` are words of the language.
            asked.ProjectionExpression = string.Join(", ", attributes.Select((_, index) => $"#a{index}"));
            asked.ExpressionAttributeNames = attributes
                .Select((name, index) => (Name: name, Alias: $"#a{index}"))
                .ToDictionary(pair => pair.Alias, pair => pair.Name);
        }

        for (var attempt = 1; ; attempt++)
        {
            var answer = await dynamoDb.BatchGetItemAsync(
                new BatchGetItemRequest { RequestItems = new() { [table] = asked } },
                cancellationToken
            );
            items.AddRange(answer.Responses?.GetValueOrDefault(table) ?? []);
            if (answer.UnprocessedKeys?.GetValueOrDefault(table) is not { Keys.Count: > 0 } left)
            {
                return 0;
            }

            if (attempt == AttemptsMax)
            {
                return left.Keys.Count;
            }

            asked.Keys = left.Keys;
            await Task.Delay(FirstPause * (1 << (attempt - 1)), time, cancellationToken);
        }
    }
}

/// <param name="Missing">Keys that the table did not answer for: what is there under them is not known.</param>
internal sealed record ItemsRead(IReadOnlyList<Item> Items, int Missing);
