using GenesysApi.Budget;
using Testing;

namespace GenesysApi.Tests.Simulated;

/// <summary>The store as one replica sees it: it takes time, is away when told so, and may lose the answer to a write.</summary>
internal sealed class SimulatedStore(SimulatedWorld world, IBudgetStore inner, TimeProvider time) : IBudgetStore
{
    public Func<TimeSpan, bool> IsAway { get; set; } = _ => false;

    public double LostAnswers { get; set; }

    public List<TimeSpan> Writes { get; } = [];

    public async Task<BudgetRead> ReadAsync(string budget, CancellationToken cancellationToken)
    {
        await TakeTimeAsync(cancellationToken);
        return IsAway(world.Elapsed)
            ? new BudgetRead.Unavailable("away")
            : await inner.ReadAsync(budget, cancellationToken);
    }

    public async Task<BudgetWrite> WriteAsync(BudgetRecord record, CancellationToken cancellationToken)
    {
        await TakeTimeAsync(cancellationToken);
        if (IsAway(world.Elapsed))
        {
            return new BudgetWrite.Unavailable("away");
        }

        Writes.Add(world.Elapsed);
        var written = await inner.WriteAsync(record, cancellationToken);
        await TakeTimeAsync(cancellationToken);
        return world.Random.NextDouble() < LostAnswers ? new BudgetWrite.Unavailable("answer lost") : written;
    }

    private Task TakeTimeAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(2, 12)), time, cancellationToken);
}
