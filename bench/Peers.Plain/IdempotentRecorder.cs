using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Peers.Plain;

/// <summary>An event at most once at a time and then never again, as Lambda Powertools does it: in progress, the event, completed.</summary>
internal sealed class IdempotentRecorder(
    IAmazonDynamoDB dynamoDb,
    string claimsTable,
    string eventsTable,
    TimeProvider time
)
{
    private const string InProgress = "INPROGRESS";
    private const string Completed = "COMPLETED";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <returns>False if another is at it.</returns>
    public async Task<bool> IsRecordedAsync(JsonElement envelope, CancellationToken cancellationToken)
    {
        var id = envelope.GetProperty("id").GetString()!;
        var now = time.GetUtcNow();
        try
        {
            await ClaimAsync(id, now, cancellationToken);
        }
        catch (ConditionalCheckFailedException taken)
        {
            return await IsCompletedAsync(id, taken.Item, cancellationToken);
        }

        try
        {
            await dynamoDb.PutItemAsync(
                new PutItemRequest { TableName = eventsTable, Item = ItemOf(id, envelope, now) },
                cancellationToken
            );
        }
        catch
        {
            await dynamoDb.DeleteItemAsync(new DeleteItemRequest(claimsTable, KeyOf(id)), CancellationToken.None);
            throw;
        }

        await CompleteAsync(id, now, cancellationToken);
        return true;
    }

    private async Task ClaimAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await dynamoDb.PutItemAsync(
            new PutItemRequest
            {
                TableName = claimsTable,
                Item = new Dictionary<string, AttributeValue>
                {
                    ["id"] = new(id),
                    ["status"] = new(InProgress),
                    ["expiration"] = Number((now + KeptFor).ToUnixTimeSeconds()),
                    ["in_progress_expiration"] = Number((now + Lease).ToUnixTimeMilliseconds()),
                },
                ConditionExpression =
                    "attribute_not_exists(#id) OR #expiration < :seconds OR (#status = :inProgress AND #lease < :now)",
                ExpressionAttributeNames = new Dictionary<string, string>
                {
                    ["#id"] = "id",
                    ["#expiration"] = "expiration",
                    ["#status"] = "status",
                    ["#lease"] = "in_progress_expiration",
                },
                ExpressionAttributeValues = new Dictionary<string, AttributeValue>
                {
                    [":seconds"] = Number(now.ToUnixTimeSeconds()),
                    [":now"] = Number(now.ToUnixTimeMilliseconds()),
                    [":inProgress"] = new(InProgress),
                },
                ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            },
            cancellationToken
        );

    private async Task CompleteAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await dynamoDb.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = claimsTable,
                Key = KeyOf(id),
                UpdateExpression = "SET #status = :completed, #expiration = :expiration",
                ExpressionAttributeNames = new Dictionary<string, string>
                {
                    ["#status"] = "status",
                    ["#expiration"] = "expiration",
                },
                ExpressionAttributeValues = new Dictionary<string, AttributeValue>
                {
                    [":completed"] = new(Completed),
                    [":expiration"] = Number((now + KeptFor).ToUnixTimeSeconds()),
                },
            },
            cancellationToken
        );

    /// <param name="id">Of the event.</param>
    /// <param name="claim">What stands in the way; an emulator may not say.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    private async Task<bool> IsCompletedAsync(
        string id,
        Dictionary<string, AttributeValue>? claim,
        CancellationToken cancellationToken
    )
    {
        if (claim is not { Count: > 0 })
        {
            var read = new GetItemRequest(claimsTable, KeyOf(id), consistentRead: true);
            claim = (await dynamoDb.GetItemAsync(read, cancellationToken)).Item;
        }

        return claim is not null && claim["status"].S == Completed;
    }

    private static Dictionary<string, AttributeValue> ItemOf(string id, JsonElement envelope, DateTimeOffset now)
    {
        var detail = envelope.GetProperty("detail");
        var body = detail.GetProperty("eventBody");
        var published = detail.GetProperty("timestamp").GetDateTimeOffset();
        return new()
        {
            ["subject"] = new($"conversation:{body.GetProperty("conversationId").GetString()}"),
            ["event"] = new(
                string.Create(CultureInfo.InvariantCulture, $"{body.GetProperty("eventTime").GetInt64():D14}#{id}")
            ),
            ["kind"] = new(envelope.GetProperty("detail-type").GetString()),
            ["envelopeId"] = new(id),
            ["published"] = Number(published.ToUnixTimeMilliseconds()),
            ["received"] = Number(now.ToUnixTimeMilliseconds()),
            ["recorded"] = Number(now.ToUnixTimeMilliseconds()),
            ["expires"] = Number((now + Retention).ToUnixTimeSeconds()),
            ["body"] = new(body.GetRawText()),
        };
    }

    private static Dictionary<string, AttributeValue> KeyOf(string id) => new() { ["id"] = new(id) };

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
