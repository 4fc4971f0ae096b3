using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Processor.Enrichment.Timeline;
using Processor.Processing;
using ServiceDefaults;

namespace Processor.Enrichment;

/// <summary>
/// The table <c>conversations</c>: what a reader filters by as attributes, the whole summary as JSON in <c>summary</c>. Events are
/// never taken away, so of two summaries the one of more events knows everything that the other does.
/// </summary>
internal sealed class DynamoDbSummaryTable(
    IAmazonDynamoDB dynamoDb,
    string tableName,
    EnrichmentOptions options,
    TimeProvider time,
    Ledger ledger
) : ISummaryTable
{
    private const string KnowsNoLess =
        "attribute_not_exists(conversationId) OR (enrichedThrough <= :through AND (folded < :folded OR (folded = :folded AND detailsRank <= :rank)))";

    public async Task<SummaryWrite> WriteAsync(ConversationSummary summary, CancellationToken cancellationToken)
    {
        var item = Item(summary);
        try
        {
            var response = await dynamoDb.PutItemAsync(
                new PutItemRequest
                {
                    TableName = tableName,
                    Item = item,
                    ConditionExpression = KnowsNoLess,
                    ExpressionAttributeValues = new()
                    {
                        [":through"] = item["enrichedThrough"],
                        [":folded"] = item["folded"],
                        [":rank"] = item["detailsRank"],
                    },
                    ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
                },
                cancellationToken
            );
            ledger.DynamoDb("PutItem", tableName, response.ConsumedCapacity?.CapacityUnits ?? 0);
            return SummaryWrite.Written.Instance;
        }
        catch (ConditionalCheckFailedException)
        {
            ledger.DynamoDb("PutItem", tableName, 1);
            return SummaryWrite.Superseded.Instance;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            ledger.DynamoDb("PutItem", tableName, 0);
            return new SummaryWrite.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }

    private Dictionary<string, AttributeValue> Item(ConversationSummary summary)
    {
        var now = time.GetUtcNow();
        var item = new Dictionary<string, AttributeValue>
        {
            ["conversationId"] = new(summary.ConversationId),
            ["state"] = new(summary.State.ToString()),
            ["outcome"] = new(summary.Outcome.ToString()),
            ["completeness"] = new(summary.Completeness.ToString()),
            ["details"] = new(summary.Details.ToString().ToLowerInvariant()),
            ["detailsRank"] = ItemNumbers.Of((long)summary.Details),
            ["folded"] = ItemNumbers.Of(summary.Arrival.Events),
            ["enrichedThrough"] = Instant(summary.EnrichedThrough),
            ["summary"] = new(JsonSerializer.Serialize(summary, SummaryJson.Default.ConversationSummary)),
            ["writtenAt"] = Instant(now),
            ["expires"] = ItemNumbers.Of((now + options.Retention).ToUnixTimeSeconds()),
        };
        Add(item, "media", summary.Media);
        Add(item, "direction", summary.Direction);
        Add(item, "startedAt", summary.StartedAt);
        Add(item, "endedAt", summary.EndedAt);
        Add(item, "calledAt", summary.Call?.At);
        Add(item, "callAnswer", summary.Call?.Answer);
        if (summary.Call is { } call)
        {
            item["calledFor"] = ItemNumbers.Of(call.Conversations);
        }

        return item;
    }

    private static void Add(Dictionary<string, AttributeValue> item, string name, string? text)
    {
        if (text is not null)
        {
            item[name] = new AttributeValue(text);
        }
    }

    private static void Add(Dictionary<string, AttributeValue> item, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            item[name] = Instant(known);
        }
    }

    private static AttributeValue Instant(DateTimeOffset time) => ItemNumbers.Of(time.ToUnixTimeMilliseconds());
}
