using GenesysApi.Budget;

namespace GenesysApi.Tests.Simulated;

/// <summary>The shared record in memory; it passes the same contract tests as the table.</summary>
public sealed class InMemoryBudgetStore : IBudgetStore
{
    private readonly Dictionary<string, BudgetRecord> _records = [];

    public Task<BudgetRead> ReadAsync(string budget, CancellationToken cancellationToken) =>
        Task.FromResult<BudgetRead>(
            new BudgetRead.Found(_records.GetValueOrDefault(budget) ?? BudgetRecord.Unused(budget))
        );

    public Task<BudgetWrite> WriteAsync(BudgetRecord record, CancellationToken cancellationToken)
    {
        var stored = _records.GetValueOrDefault(record.Budget)?.Version ?? 0;
        if (record.Version != stored + 1)
        {
            return Task.FromResult<BudgetWrite>(BudgetWrite.Conflict.Instance);
        }

        _records[record.Budget] = record;
        return Task.FromResult<BudgetWrite>(BudgetWrite.Written.Instance);
    }
}
