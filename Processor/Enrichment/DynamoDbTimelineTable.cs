using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Processor.Enrichment.Timeline;
using Processor.Processing;
using ServiceDefaults;

namespace Processor.Enrichment;

/// <summary>Reads a conversation's partition. Consistently: a summary that misses the last event would stay so.</summary>
internal sealed class DynamoDbTimelineTable(IAmazonDynamoDB dynamoDb, string tableName, Ledger ledger) : ITimelineTable
{
    /// <summary>A page is 1 MB; the longest call known has half of one.</summary>
    private const int PagesMax = 50;

    public async Task<TimelineRead> ReadAsync(string conversationId, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = tableName,
            KeyConditionExpression = "subject = :subject",
            ExpressionAttributeValues = new() { [":subject"] = new AttributeValue($"conversation:{conversationId}") },
            ConsistentRead = true,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        try
        {
            var events = new List<RecordedEvent>();
            for (var page = 0; page < PagesMax; page++)
            {
                var response = await dynamoDb.QueryAsync(request, cancellationToken);
                ledger.DynamoDb("Query", tableName, response.ConsumedCapacity?.CapacityUnits ?? 0);
                events.AddRange((response.Items ?? []).Where(RecordedItem.IsEvent).Select(Read));
                if (response.LastEvaluatedKey is not { Count: > 0 } next)
                {
                    break;
                }

                request.ExclusiveStartKey = next;
            }

            return new TimelineRead.Found(events);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new TimelineRead.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }

    private static RecordedEvent Read(Dictionary<string, AttributeValue> item) =>
        new(
            item["event"].S,
            item["kind"].S,
            Instant(item, "published"),
            Instant(item, "received"),
            RecordedItem.BodyOf(item)
        );

    private static DateTimeOffset Instant(Dictionary<string, AttributeValue> item, string name) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(item[name].N, CultureInfo.InvariantCulture));
}
