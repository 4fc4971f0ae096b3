using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Directory;
using GenesysApi.Tests.Simulated;

namespace GenesysApi.Tests.Mocked;

/// <summary>
/// What <c>SharedBudgetTests</c> hold in simulated time, in real time over real HTTP: three minutes, so it is run when asked for
/// (<c>-explicit only</c>).
/// </summary>
public sealed class ThreeClientsTests
{
    [Fact(Explicit = true)]
    public async Task Three_clients_at_work_for_three_minutes_use_95_percent_of_each_window_and_are_never_refused()
    {
        await using var mock = await Mock.StartAsync();
        await mock.LimitAsync("""{"perToken":300,"perClient":300,"perOrganization":0}""");
        var store = new InMemoryBudgetStore();
        await using var first = Start(mock, store);
        await using var second = Start(mock, store);
        await using var third = Start(mock, store);

        var end = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(185);
        AClient[] clients = [first, second, third];
        await Task.WhenAll(
            clients.SelectMany(client => Enumerable.Range(0, 4).Select(_ => CallUntilAsync(end, client.Api)))
        );

        var truth = await mock.TruthAsync();
        var windows = truth
            .GetProperty("clientWindows")
            .EnumerateArray()
            .Select(window => window.GetProperty("requests").GetInt32())
            .ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', windows));
        Assert.Equal(0, truth.GetProperty("refused").GetInt32());
        Assert.All(windows.SkipLast(1), requests => Assert.InRange(requests, 285, 300));
    }

    private static AClient Start(Mock mock, InMemoryBudgetStore store) =>
        new(mock.Address, store, ("RequestsPerMinute", "300"), ("Replicas", "3"));

    private static async Task CallUntilAsync(DateTimeOffset end, IGenesysApi api)
    {
        while (TimeProvider.System.GetUtcNow() < end)
        {
            var outcome = await api.GetUsersAsync(["u1"], BudgetClass.Live, TestContext.Current.CancellationToken);
            if (outcome is ApiOutcome<IReadOnlyList<User>>.Deferred deferred)
            {
                var wait = (deferred.Until - TimeProvider.System.GetUtcNow()).TotalMilliseconds;
                await Task.Delay(
                    TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait))),
                    TimeProvider.System,
                    TestContext.Current.CancellationToken
                );
            }
        }
    }
}
