using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace GenesysApi.Budget;

/// <summary>The shared record as one item of <c>api-budget</c>, guarded by its version.</summary>
internal sealed class DynamoDbBudgetStore(
    IAmazonDynamoDB dynamoDb,
    IOptions<PipelineOptions> pipeline,
    TimeProvider time
) : IBudgetStore
{
    public async Task<BudgetRead> ReadAsync(string budget, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await dynamoDb.GetItemAsync(
                new GetItemRequest
                {
                    TableName = pipeline.Value.BudgetTable,
                    Key = new() { [BudgetItem.Key] = new AttributeValue { S = budget } },
                    ConsistentRead = true,
                },
                cancellationToken
            );
            return new BudgetRead.Found(
                answer.Item is { Count: > 0 } item ? BudgetItem.ToRecord(item) : BudgetRecord.Unused(budget)
            );
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new BudgetRead.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }

    public async Task<BudgetWrite> WriteAsync(BudgetRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.PutItemAsync(
                new PutItemRequest
                {
                    TableName = pipeline.Value.BudgetTable,
                    Item = BudgetItem.From(record, time.GetUtcNow()),
                    ConditionExpression = record.Version == 1 ? "attribute_not_exists(#version)" : "#version = :read",
                    ExpressionAttributeNames = new() { ["#version"] = BudgetItem.Version },
                    ExpressionAttributeValues =
                        record.Version == 1
                            ? null
                            : new()
                            {
                                [":read"] = new() { N = (record.Version - 1).ToString(CultureInfo.InvariantCulture) },
                            },
                },
                cancellationToken
            );
            return BudgetWrite.Written.Instance;
        }
        catch (ConditionalCheckFailedException)
        {
            return BudgetWrite.Conflict.Instance;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new BudgetWrite.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }
}
