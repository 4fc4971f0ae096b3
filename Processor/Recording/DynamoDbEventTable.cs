using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Processor.Processing;
using ServiceDefaults;

namespace Processor.Recording;

/// <summary>The table <c>conversation-events</c>: one BatchWriteItem a batch, no read, no condition.</summary>
internal sealed class DynamoDbEventTable(IAmazonDynamoDB dynamoDb, string tableName, Ledger ledger) : IEventTable
{
    public async Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken)
    {
        var writes = new List<WriteRequest>(items.Count);
        foreach (var item in items)
        {
            writes.Add(new WriteRequest(new PutRequest(Attributes(item))));
        }

        try
        {
            var response = await dynamoDb.BatchWriteItemAsync(
                new BatchWriteItemRequest
                {
                    RequestItems = new Dictionary<string, List<WriteRequest>> { [tableName] = writes },
                    ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
                },
                cancellationToken
            );
            ledger.DynamoDb("BatchWriteItem", tableName, Units(response.ConsumedCapacity));

            return
                response.UnprocessedItems is { Count: > 0 } unprocessed
                && unprocessed.TryGetValue(tableName, out var left)
                ? new WriteAnswer.Written(Positions(items, left))
                : WriteAnswer.Written.All;
        }
        catch (Exception exception)
            when (AwsFaults.Classify(exception, cancellationToken) is var fault && fault != AwsFault.None)
        {
            ledger.DynamoDb("BatchWriteItem", tableName, 0);
            var reason = AwsFaults.ReasonOf(exception);
            return IsTheRequestsFault(reason) ? new WriteAnswer.Refused(reason) : new WriteAnswer.Unavailable(reason);
        }
    }

    /// <summary>A missing table or permission is refused too, but no item is at fault: the events wait until an operator mends it.</summary>
    private static bool IsTheRequestsFault(string reason) =>
        reason is "ValidationException" or "ItemCollectionSizeLimitExceededException";

    private static double Units(List<ConsumedCapacity>? consumed) =>
        consumed?.Sum(capacity => capacity.CapacityUnits ?? 0) ?? 0;

    private static List<int> Positions(IReadOnlyList<EventItem> items, List<WriteRequest> left)
    {
        var positions = new List<int>(left.Count);
        foreach (var write in left)
        {
            var key = write.PutRequest.Item;
            for (var index = 0; index < items.Count; index++)
            {
                if (items[index].Sort == key["event"].S && items[index].Subject == key["subject"].S)
                {
                    positions.Add(index);
                    break;
                }
            }
        }

        return positions;
    }

    private static Dictionary<string, AttributeValue> Attributes(EventItem item)
    {
        var attributes = new Dictionary<string, AttributeValue>(10)
        {
            ["subject"] = new(item.Subject),
            ["event"] = new(item.Sort),
            ["kind"] = new(item.Kind),
            ["envelopeId"] = new(item.EnvelopeId),
            ["published"] = Number(item.PublishedMs),
            ["received"] = Number(item.ReceivedMs),
            ["recorded"] = Number(item.RecordedMs),
            ["expires"] = Number(item.ExpiresSeconds),
        };

        if (item.Body is { } text)
        {
            attributes["body"] = new AttributeValue(text);
        }

        if (item.BrotliBody is { } binary)
        {
            attributes["brotliBody"] = new AttributeValue { B = new MemoryStream(binary.ToArray()) };
        }

        if (item.Parts > 0)
        {
            attributes["parts"] = Number(item.Parts);
        }

        return attributes;
    }

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
