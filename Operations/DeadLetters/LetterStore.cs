using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Operations.Tables;
using ServiceDefaults;

namespace Operations.DeadLetters;

/// <summary>
/// The table <c>dead-letters</c>. What is known of the letters stands on sixteen shelves, so that all of it can be listed with sixteen
/// queries and no partition gets every write; the bodies, which only a look at one letter needs, stand apart.
/// </summary>
internal sealed class LetterStore(IAmazonDynamoDB dynamoDb, ItemsByKey items, string tableName)
{
    private const string Shelf = "shelf";
    private const string Key = "letter";
    private const string Shelves = "0123456789abcdef";

    /// <summary>Pieces of one body: 1 MiB that does not compress has three.</summary>
    private const int PiecesMax = 8;

    /// <summary>The body first, what is known of it after: a letter that is listed can be read.</summary>
    public async Task<LetterWrite> WriteBodyAsync(Letter letter, string body, CancellationToken cancellationToken)
    {
        try
        {
            var pieces = LetterBody.ToPieces(body);
            for (var index = 0; index < pieces.Count; index++)
            {
                var item = KeyOf(BodyShelf(letter.Id), PieceKey(index));
                item["piece"] = new AttributeValue { B = new MemoryStream(pieces[index].ToArray()) };
                item["pieces"] = ItemNumbers.Of(pieces.Count);
                item["expires"] = ItemNumbers.Of(letter.ExpiresAt.ToUnixTimeSeconds());
                await dynamoDb.PutItemAsync(new PutItemRequest(tableName, item), cancellationToken);
            }

            return LetterWrite.Written;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return LetterWrite.Unavailable;
        }
    }

    /// <summary>Writes if nobody wrote since: the version before this one is what the condition asks for.</summary>
    public async Task<LetterWrite> WriteAsync(Letter letter, CancellationToken cancellationToken)
    {
        var item = KeyOf(ShelfOf(letter.Id), letter.Id);
        item["version"] = ItemNumbers.Of(letter.Version);
        item["state"] = new AttributeValue(letter.State.ToString());
        item["facts"] = new AttributeValue(JsonSerializer.Serialize(letter, LetterJson.Default.Letter));
        item["expires"] = ItemNumbers.Of(letter.ExpiresAt.ToUnixTimeSeconds());
        var request = new PutItemRequest(tableName, item)
        {
            ConditionExpression = letter.Version == 1 ? $"attribute_not_exists({Key})" : "version = :before",
        };
        if (letter.Version > 1)
        {
            request.ExpressionAttributeValues = new() { [":before"] = ItemNumbers.Of(letter.Version - 1) };
        }

        try
        {
            await dynamoDb.PutItemAsync(request, cancellationToken);
            return LetterWrite.Written;
        }
        catch (ConditionalCheckFailedException)
        {
            // Perhaps our own write, whose answer was lost.
            return
                await ReadAsync(letter.Id, cancellationToken) is { } stored
                && JsonSerializer.Serialize(stored, LetterJson.Default.Letter) == item["facts"].S
                ? LetterWrite.Written
                : LetterWrite.Conflict;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return LetterWrite.Unavailable;
        }
    }

    public async Task<Letter?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var response = await dynamoDb.GetItemAsync(
            new GetItemRequest(tableName, KeyOf(ShelfOf(id), id), consistentRead: true),
            cancellationToken
        );
        return response.Item is { Count: > 0 } item ? Letter(item) : null;
    }

    /// <returns>Those that there are; null when the table did not answer for all of them.</returns>
    public async Task<IReadOnlyList<Letter>?> ReadAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var keys = ids.Distinct().Select(id => KeyOf(ShelfOf(id), id)).ToList();
        var read = await items.ReadAsync(tableName, keys, ["facts"], cancellationToken);
        return read.Missing == 0 ? [.. read.Items.Select(Letter)] : null;
    }

    public async Task<BodyRead> ReadBodyAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            // Three pieces are more than one page of a query holds.
            var items = new List<Dictionary<string, AttributeValue>>();
            var request = QueryOf(BodyShelf(id));
            do
            {
                var page = await dynamoDb.QueryAsync(request, cancellationToken);
                items.AddRange(page.Items ?? []);
                request.ExclusiveStartKey = page.LastEvaluatedKey;
            } while (request.ExclusiveStartKey is { Count: > 0 } && items.Count < PiecesMax);

            return items.Count > 0 && items.Count == int.Parse(items[0]["pieces"].N, CultureInfo.InvariantCulture)
                ? new BodyRead.Found(LetterBody.FromPieces(items.Select(item => item["piece"].B.ToArray())))
                : new BodyRead.Gone();
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new BodyRead.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }

    /// <summary>All that is known of all letters, without their bodies.</summary>
    /// <param name="read">Is told of each part that came how many are in it, by several at once.</param>
    public async Task<IReadOnlyList<Letter>> ReadLettersAsync(Action<int> read, CancellationToken cancellationToken)
    {
        var shelves = await Task.WhenAll(
            Shelves.Select(shelf => ReadShelfAsync($"letters-{shelf}", read, cancellationToken))
        );
        return [.. shelves.SelectMany(letters => letters)];
    }

    private async Task<List<Letter>> ReadShelfAsync(string shelf, Action<int> read, CancellationToken cancellationToken)
    {
        var letters = new List<Letter>();
        var request = QueryOf(shelf);
        do
        {
            var page = await dynamoDb.QueryAsync(request, cancellationToken);
            letters.AddRange((page.Items ?? []).Select(Letter));
            read(page.Items?.Count ?? 0);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        } while (request.ExclusiveStartKey is { Count: > 0 });

        return letters;
    }

    private QueryRequest QueryOf(string shelf) =>
        new(tableName)
        {
            KeyConditionExpression = $"{Shelf} = :shelf",
            ExpressionAttributeValues = new() { [":shelf"] = new AttributeValue(shelf) },
            ConsistentRead = true,
        };

    private static Letter Letter(Dictionary<string, AttributeValue> item) =>
        JsonSerializer.Deserialize(item["facts"].S, LetterJson.Default.Letter)!;

    private static string ShelfOf(string id) => $"letters-{id[0]}";

    private static string BodyShelf(string id) => $"body-{id}";

    private static string PieceKey(int index) => string.Create(CultureInfo.InvariantCulture, $"piece-{index:00}");

    private static Dictionary<string, AttributeValue> KeyOf(string shelf, string letter) =>
        new() { [Shelf] = new AttributeValue(shelf), [Key] = new AttributeValue(letter) };
}

internal enum LetterWrite
{
    Written,

    /// <summary>Somebody else wrote in between; nothing was changed.</summary>
    Conflict,

    /// <summary>It may or may not be written.</summary>
    Unavailable,
}
