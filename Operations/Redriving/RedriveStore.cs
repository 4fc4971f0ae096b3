using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServiceDefaults;

namespace Operations.Redriving;

/// <summary>
/// The redrives in the table <c>operations-log</c>: one item each for what changes, and the ids of its letters apart, a thousand an
/// item, for they never change.
/// </summary>
internal sealed class RedriveStore(
    IAmazonDynamoDB dynamoDb,
    string tableName,
    RedrivingOptions options,
    TimeProvider time
)
{
    private const string Log = "redrives";
    private const string UnderWay = "redrives-under-way";
    private const int IdsOfItem = 1_000;
    private const int ListMax = 200;

    /// <summary>Longer than whoever lists a redrive needs, with all tries, to write it after that.</summary>
    private static readonly TimeSpan WrittenWithin = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The letters first, then its place among those under way, and the redrive last: one that is found is complete, and one that runs
    /// is worked on, wherever this breaks off.
    /// </summary>
    /// <returns>False when there is one of that id already.</returns>
    public async Task<bool> CreateAsync(
        Redrive redrive,
        IReadOnlyList<string> letters,
        CancellationToken cancellationToken
    )
    {
        if (await ReadAsync(redrive.Id, cancellationToken) is not null)
        {
            return false;
        }

        var part = 0;
        foreach (var ids in letters.Chunk(IdsOfItem))
        {
            var item = KeyOf(LettersOf(redrive), string.Create(CultureInfo.InvariantCulture, $"{part++:0000}"));
            item["letters"] = new AttributeValue(JsonSerializer.Serialize(ids, RedriveJson.Default.StringArray));
            item["expires"] = Expires();
            await dynamoDb.PutItemAsync(new PutItemRequest(tableName, item), cancellationToken);
        }

        if (redrive.State == RedriveState.Running)
        {
            await AddUnderWayAsync(redrive.Id, cancellationToken);
        }

        return await WriteAsync(redrive, cancellationToken);
    }

    /// <returns>False when somebody else wrote in between; nothing was changed.</returns>
    public async Task<bool> WriteAsync(Redrive redrive, CancellationToken cancellationToken)
    {
        var item = KeyOf(Log, redrive.Id);
        item["version"] = ItemNumbers.Of(redrive.Version);
        item["redrive"] = new AttributeValue(JsonSerializer.Serialize(redrive, RedriveJson.Default.Redrive));
        item["expires"] = Expires();
        var request = new PutItemRequest(tableName, item)
        {
            ConditionExpression = redrive.Version == 1 ? "attribute_not_exists(entry)" : "version = :before",
        };
        if (redrive.Version > 1)
        {
            request.ExpressionAttributeValues = new() { [":before"] = ItemNumbers.Of(redrive.Version - 1) };
        }

        try
        {
            await dynamoDb.PutItemAsync(request, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            // Perhaps our own write, whose answer was lost.
            return await ReadAsync(redrive.Id, cancellationToken) is { } stored
                && JsonSerializer.Serialize(stored, RedriveJson.Default.Redrive) == item["redrive"].S;
        }
    }

    /// <summary>Writes the counts of one that does not run, where they are others now.</summary>
    /// <returns>False when somebody else wrote in between.</returns>
    public async Task<bool> CountAsync(Redrive redrive, RedriveLetters letters, CancellationToken cancellationToken)
    {
        var counted = redrive.Counted(letters);
        return counted == redrive
            || await WriteAsync(counted with { Version = redrive.Version + 1 }, cancellationToken);
    }

    public async Task<Redrive?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var response = await dynamoDb.GetItemAsync(
            new GetItemRequest(tableName, KeyOf(Log, id), consistentRead: true),
            cancellationToken
        );
        return response.Item is { Count: > 0 } item ? Redrive(item) : null;
    }

    public async Task<IReadOnlyList<string>> LettersAsync(Redrive redrive, CancellationToken cancellationToken)
    {
        var items = await QueryAsync(LettersOf(redrive), cancellationToken);
        return
        [
            .. items.SelectMany(item =>
                JsonSerializer.Deserialize(item["letters"].S, RedriveJson.Default.StringArray)!
            ),
        ];
    }

    /// <summary>The latest, newest first.</summary>
    public async Task<IReadOnlyList<Redrive>> ListAsync(CancellationToken cancellationToken)
    {
        var items = await QueryAsync(Log, cancellationToken);
        return [.. items.Select(Redrive).OrderByDescending(redrive => redrive.CreatedAt).Take(ListMax)];
    }

    /// <summary>Those that somebody should work on: a short list beside the long one, read every second.</summary>
    public async Task<IReadOnlyList<string>> UnderWayAsync(CancellationToken cancellationToken) =>
        [.. (await QueryAsync(UnderWay, cancellationToken)).Select(item => item["entry"].S)];

    /// <summary>Before it is written that it runs: an entry too many does no harm, a redrive without one runs for ever.</summary>
    public async Task AddUnderWayAsync(string id, CancellationToken cancellationToken)
    {
        var item = KeyOf(UnderWay, id);
        item["listed"] = ItemNumbers.Of(time.GetUtcNow().ToUnixTimeMilliseconds());
        item["expires"] = Expires();
        await dynamoDb.PutItemAsync(new PutItemRequest(tableName, item), cancellationToken);
    }

    /// <summary>It is not running, or there is none. An entry that was listed just now stays: somebody is about to write the redrive.</summary>
    /// <returns>False when it stays.</returns>
    public async Task<bool> RemoveUnderWayAsync(string id, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest(tableName, KeyOf(UnderWay, id))
        {
            ConditionExpression = "attribute_not_exists(listed) OR listed < :before",
            ExpressionAttributeValues = new()
            {
                [":before"] = ItemNumbers.Of((time.GetUtcNow() - WrittenWithin).ToUnixTimeMilliseconds()),
            },
        };
        try
        {
            await dynamoDb.DeleteItemAsync(request, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            // The next look comes to it again.
            return false;
        }
    }

    private async Task<List<Dictionary<string, AttributeValue>>> QueryAsync(
        string log,
        CancellationToken cancellationToken
    )
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        var request = new QueryRequest(tableName)
        {
            KeyConditionExpression = "#log = :log",
            ExpressionAttributeNames = new() { ["#log"] = "log" },
            ExpressionAttributeValues = new() { [":log"] = new AttributeValue(log) },
            ConsistentRead = true,
        };
        do
        {
            var page = await dynamoDb.QueryAsync(request, cancellationToken);
            items.AddRange(page.Items ?? []);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        } while (request.ExclusiveStartKey is { Count: > 0 });

        return items;
    }

    private AttributeValue Expires() => ItemNumbers.Of((time.GetUtcNow() + options.Retention).ToUnixTimeSeconds());

    private static Redrive Redrive(Dictionary<string, AttributeValue> item) =>
        JsonSerializer.Deserialize(item["redrive"].S, RedriveJson.Default.Redrive)!;

    private static string LettersOf(Redrive redrive) => $"redrive-{redrive.List ?? redrive.Id}";

    private static Dictionary<string, AttributeValue> KeyOf(string log, string entry) =>
        new() { ["log"] = new AttributeValue(log), ["entry"] = new AttributeValue(entry) };
}
