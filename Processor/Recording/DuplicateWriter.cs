using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Processor.Processing;
using ServiceDefaults;

namespace Processor.Recording;

/// <summary>
/// Writes the counts of duplicates, where they are wanted: one after the other, and with as much effort as they are worth. What the
/// table does not take, and what is left when the process ends, is not counted; nothing is written twice but by the SDK's own retry.
/// </summary>
internal sealed class DuplicateWriter(
    DuplicateCounts duplicates,
    IAmazonDynamoDB dynamoDb,
    string tableName,
    RecordingOptions options,
    TimeProvider time,
    Ledger ledger
) : BackgroundService
{
    /// <summary>A table that does not answer is left alone for a while: counts have no right to its capacity.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.CountDuplicates)
        {
            return;
        }

        try
        {
            while (true)
            {
                foreach (var (eventKey, count) in await duplicates.TakeAsync(stoppingToken))
                {
                    if (!await WriteAsync(eventKey, count, stoppingToken))
                    {
                        await Task.Delay(Pause, time, stoppingToken);
                        break;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task<bool> WriteAsync(string eventKey, int count, CancellationToken cancellationToken)
    {
        try
        {
            var response = await dynamoDb.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = tableName,
                    Key = new() { ["eventKey"] = new AttributeValue(eventKey) },
                    UpdateExpression = "SET expires = :expires ADD duplicates :count",
                    ExpressionAttributeValues = new()
                    {
                        [":expires"] = ItemNumbers.Of((time.GetUtcNow() + options.Retention).ToUnixTimeSeconds()),
                        [":count"] = ItemNumbers.Of(count),
                    },
                    ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
                },
                cancellationToken
            );
            ledger.DynamoDb("UpdateItem", tableName, response.ConsumedCapacity?.CapacityUnits ?? 1);
            return true;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            ledger.DynamoDb("UpdateItem", tableName, 0);
            return false;
        }
    }
}
