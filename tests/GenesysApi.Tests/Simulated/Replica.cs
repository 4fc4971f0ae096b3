using GenesysApi.Budget;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;

namespace GenesysApi.Tests.Simulated;

/// <summary>One process: its clock, its token, its budget, and callers who always have something to ask.</summary>
internal sealed class Replica
{
    private readonly SimulatedWorld _world;
    private readonly ServerModel _server;
    private readonly string _name;

    public Replica(
        SimulatedWorld world,
        ServerModel server,
        IBudgetStore shared,
        string name,
        double skewSeconds,
        Func<BudgetRules>? rules = null
    )
    {
        (_world, _server, _name) = (world, server, name);
        Time = world.ClockThatIsAheadBy(TimeSpan.FromSeconds(skewSeconds));
        Store = new SimulatedStore(world, shared, Time);
        Budget = new ApiBudget(
            "client",
            name,
            Store,
            rules ?? (() => Rules),
            ATest.Metrics(),
            Time,
            world.Random,
            NullLogger<ApiBudget>.Instance
        );
    }

    public static BudgetRules Rules { get; } =
        new()
        {
            Limit = 300,
            Reserve = 3,
            Replicas = 3,
        };

    public TimeProvider Time { get; }

    public SimulatedStore Store { get; }

    public ApiBudget Budget { get; }

    public int Calls { get; private set; }

    /// <summary>How long a request takes to reach the server; a long tail is what makes permits late.</summary>
    public Func<TimeSpan> Latency { get; set; } = () => TimeSpan.FromMilliseconds(40);

    /// <summary>Calls whenever it may until <paramref name="end"/>, with as many callers at once as <paramref name="callers"/>.</summary>
    public Task CallUntilAsync(TimeSpan end, int callers = 4, BudgetClass @class = BudgetClass.Live) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(_ => CallAsync(end, @class)));

    private async Task CallAsync(TimeSpan end, BudgetClass @class)
    {
        while (_world.Elapsed < end)
        {
            switch (await Budget.TakeAsync(@class, "details", CancellationToken.None))
            {
                case Permit.Granted:
                    await SendAsync();
                    break;
                case Permit.Empty empty:
                    await SleepUntilAsync(empty.Until);
                    break;
                case Permit.Blocked blocked:
                    await SleepUntilAsync(blocked.Until);
                    break;
            }
        }
    }

    private async Task SendAsync()
    {
        await Task.Delay(Latency(), Time, CancellationToken.None);
        Calls++;
        var (accepted, headers) = _server.Call($"token of {_name}", _world.Elapsed);
        await Task.Delay(Latency(), Time, CancellationToken.None);
        Budget.Note("details", headers);
        if (!accepted)
        {
            await Budget.BlockAsync(
                BudgetBlock.Everything,
                headers.Reset,
                "token.rate.per.minute",
                CancellationToken.None
            );
        }
    }

    private Task SleepUntilAsync(DateTimeOffset until)
    {
        var wait = until - Time.GetUtcNow();
        return Task.Delay(
            wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1),
            Time,
            CancellationToken.None
        );
    }
}
