using System.Collections.Concurrent;
using GenesysApi.Budget;

namespace GenesysApi.Tests.Simulated;

/// <summary>The shared record in memory; it passes the same contract tests as the table.</summary>
public sealed class InMemoryBudgetStore : IBudgetStore
{
    private readonly ConcurrentDictionary<string, BudgetRecord> _records = [];

    public Task<BudgetRead> ReadAsync(string budget, CancellationToken cancellationToken) =>
        Task.FromResult<BudgetRead>(
            new BudgetRead.Found(_records.TryGetValue(budget, out var record) ? record : BudgetRecord.Unused(budget))
        );

    public Task<BudgetWrite> WriteAsync(BudgetRecord record, CancellationToken cancellationToken)
    {
        var written =
            record.Version == 1
                ? _records.TryAdd(record.Budget, record)
                : _records.TryGetValue(record.Budget, out var read)
                    && read.Version == record.Version - 1
                    && _records.TryUpdate(record.Budget, record, read);
        return Task.FromResult<BudgetWrite>(written ? BudgetWrite.Written.Instance : BudgetWrite.Conflict.Instance);
    }
}
