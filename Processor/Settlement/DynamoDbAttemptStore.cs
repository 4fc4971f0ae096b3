using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Events.DeadLetters;
using Processor.Processing;
using ServiceDefaults;

namespace Processor.Settlement;

/// <summary>The table <c>message-attempts</c>: one item an event that ever failed, one counter a class.</summary>
internal sealed class DynamoDbAttemptStore(
    IAmazonDynamoDB dynamoDb,
    string tableName,
    SettlementOptions options,
    TimeProvider time,
    Ledger ledger
) : IAttemptStore
{
    public async Task<AttemptAnswer> CountAsync(
        string key,
        FailureClass failureClass,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var counter = $"{failureClass.Code}Attempts";
        try
        {
            var response = await dynamoDb.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = tableName,
                    Key = new() { ["eventKey"] = new AttributeValue(key) },
                    UpdateExpression =
                        $"SET firstFailedAt = if_not_exists(firstFailedAt, :now), lastFailedAt = :now, expires = :expires ADD {counter} :one",
                    ExpressionAttributeValues = new()
                    {
                        [":now"] = ItemNumbers.Of(now.ToUnixTimeMilliseconds()),
                        [":expires"] = ItemNumbers.Of((now + options.AttemptsRetention).ToUnixTimeSeconds()),
                        [":one"] = ItemNumbers.Of(1),
                    },
                    ReturnValues = ReturnValue.ALL_NEW,
                    ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
                },
                cancellationToken
            );
            ledger.DynamoDb("UpdateItem", tableName, response.ConsumedCapacity?.CapacityUnits ?? 1);

            return new AttemptAnswer.Counted(
                (int)Read(response.Attributes, counter),
                DateTimeOffset.FromUnixTimeMilliseconds(Read(response.Attributes, "firstFailedAt")),
                now
            );
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new AttemptAnswer.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }

    private static long Read(Dictionary<string, AttributeValue> item, string name) =>
        long.Parse(item[name].N, CultureInfo.InvariantCulture);
}
