using GenesysApi.Budget;
using GenesysApi.Tests.Simulated;
using Processor.Testing.Outside;
using Processor.Testing.World;

namespace Simulation.Tables;

/// <summary>The table <c>api-budget</c> as one process sees it.</summary>
/// <param name="watch">Hears of each record that is written, and of what the process knows of it.</param>
internal sealed class SimulatedBudget(InMemoryBudgetStore store, Faults faults, Lifeline life, IBudgetWatch watch)
    : IBudgetStore
{
    private const string Reads = "BudgetReadAsync";
    private const string Writes = "BudgetWriteAsync";

    public Task<BudgetRead> ReadAsync(string budget, CancellationToken cancellationToken) =>
        life.CallAsync(
            Reads,
            () =>
                HearAsync(
                    faults.ServeAsync(
                        Reads,
                        () => store.ReadAsync(budget, CancellationToken.None).Result,
                        new BudgetRead.Unavailable("away"),
                        cancellationToken
                    ),
                    read => read is BudgetRead.Unavailable ? false : null
                )
        );

    public Task<BudgetWrite> WriteAsync(BudgetRecord record, CancellationToken cancellationToken) =>
        life.CallAsync(
            Writes,
            () =>
                HearAsync(
                    faults.ServeAsync(
                        Writes,
                        () => Write(record),
                        new BudgetWrite.Unavailable("away"),
                        cancellationToken
                    ),
                    write => write is BudgetWrite.Conflict ? null : write is BudgetWrite.Written
                )
        );

    /// <param name="asked">What the process waits for; it may give up.</param>
    /// <param name="isSure">What the answer says of what the process knows; null is nothing new.</param>
    private async Task<T> HearAsync<T>(Task<T> asked, Func<T, bool?> isSure)
    {
        var knows = (bool?)false;
        try
        {
            var answer = await asked;
            knows = isSure(answer);
            return answer;
        }
        finally
        {
            if (knows is { } sure)
            {
                watch.Heard(sure);
            }
        }
    }

    private BudgetWrite Write(BudgetRecord record)
    {
        var write = store.WriteAsync(record, CancellationToken.None).Result;
        watch.Written(record, write);
        return write;
    }
}
