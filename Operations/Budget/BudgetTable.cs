using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using GenesysApi.Budget;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Operations.Budget;

/// <summary>The budgets of all OAuth clients, as those who share them wrote them down. Reads only.</summary>
internal sealed class BudgetTable(IAmazonDynamoDB dynamoDb, IOptions<PipelineOptions> pipeline)
{
    /// <summary>One record an OAuth client and limit: there are few.</summary>
    private const int RecordsMax = 100;

    /// <summary>Of most systems the only one.</summary>
    public async Task<BudgetRecord?> FirstAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) is [var first, ..] ? first : null;

    public async Task<IReadOnlyList<BudgetRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        var response = await dynamoDb.ScanAsync(
            new ScanRequest(pipeline.Value.BudgetTable) { Limit = RecordsMax },
            cancellationToken
        );
        return [.. (response.Items ?? []).Select(BudgetItem.ToRecord).OrderBy(record => record.Budget)];
    }
}
