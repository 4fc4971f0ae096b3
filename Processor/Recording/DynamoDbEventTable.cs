using Amazon.DynamoDBv2;
using Processor.Processing;
using ServiceDefaults;
using ServiceDefaults.Wire;

namespace Processor.Recording;

/// <summary>The table <c>conversation-events</c>: one BatchWriteItem a call, no read, no condition.</summary>
internal sealed class DynamoDbEventTable(IAmazonDynamoDB dynamoDb, string tableName, Ledger ledger, TimeProvider time)
    : IEventTable
{
    private readonly AwsWire _wire = AwsWire.Of(dynamoDb, time);

    public async Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new PooledBuffer();
            BatchWriteItemJson.Write(request, tableName, items);
            using var answer = await _wire.CallAsync(BatchWriteItemJson.Operation, request.Written, cancellationToken);

            var (units, unprocessed) = BatchWriteItemJson.Read(answer.Written, tableName, items);
            ledger.DynamoDb(BatchWriteItemJson.Operation, tableName, units);
            return unprocessed.Count > 0 ? new WriteAnswer.Written(unprocessed) : WriteAnswer.Written.All;
        }
        catch (Exception exception)
            when (AwsFaults.Classify(exception, cancellationToken) is var fault && fault != AwsFault.None)
        {
            ledger.DynamoDb(BatchWriteItemJson.Operation, tableName, 0);
            var reason = AwsFaults.ReasonOf(exception);
            return IsTheRequestsFault(reason) ? new WriteAnswer.Refused(reason) : new WriteAnswer.Unavailable(reason);
        }
    }

    /// <summary>A missing table or permission is refused too, but no item is at fault: the events wait until an operator mends it.</summary>
    private static bool IsTheRequestsFault(string reason) =>
        reason is "ValidationException" or "ItemCollectionSizeLimitExceededException";
}
