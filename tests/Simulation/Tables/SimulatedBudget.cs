using GenesysApi.Budget;
using GenesysApi.Tests.Simulated;
using Processor.Testing.Outside;
using Processor.Testing.World;

namespace Simulation.Tables;

/// <summary>The table <c>api-budget</c> as one process sees it.</summary>
/// <param name="trace">Hears of each record that is written.</param>
internal sealed class SimulatedBudget(
    InMemoryBudgetStore store,
    Faults faults,
    Lifeline life,
    Action<BudgetRecord, BudgetWrite> trace
) : IBudgetStore
{
    private const string Reads = "BudgetReadAsync";
    private const string Writes = "BudgetWriteAsync";

    public Task<BudgetRead> ReadAsync(string budget, CancellationToken cancellationToken) =>
        life.CallAsync(
            Reads,
            () =>
                faults.ServeAsync(
                    Reads,
                    () => store.ReadAsync(budget, CancellationToken.None).Result,
                    new BudgetRead.Unavailable("away"),
                    cancellationToken
                )
        );

    public Task<BudgetWrite> WriteAsync(BudgetRecord record, CancellationToken cancellationToken) =>
        life.CallAsync(
            Writes,
            () => faults.ServeAsync(Writes, () => Write(record), new BudgetWrite.Unavailable("away"), cancellationToken)
        );

    private BudgetWrite Write(BudgetRecord record)
    {
        var write = store.WriteAsync(record, CancellationToken.None).Result;
        trace(record, write);
        return write;
    }
}
