using GenesysApi.Budget;
using GenesysApi.Tests.Simulated;
using Testing;

namespace GenesysApi.Tests.Budget;

/// <summary>Several replicas, one limit: the whole budget, unchanged, against an independent model of the platform's windows.</summary>
public sealed class SharedBudgetTests
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Three_replicas_with_clocks_apart_never_pass_the_limit_and_use_95_percent_of_it(int seed)
    {
        var world = new SimulatedWorld(seed);
        var server = new ServerModel();
        var replicas = ThreeReplicas(world, server);

        world.Run(() => Task.WhenAll(replicas.Select(replica => replica.CallUntilAsync(TenMinutes))));

        Assert.Equal(0, server.Refused);
        Assert.All(server.Tokens.Values.Append(server.Client), AssertWithinLimit);
        Assert.All(server.Client.All.SkipLast(1), window => Assert.InRange(window.Calls, 285, 300));
        AssertWritesPerMinute(replicas, 40);
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void Requests_that_are_late_by_a_second_do_not_pass_the_limit_either(int seed)
    {
        var world = new SimulatedWorld(seed);
        var server = new ServerModel();
        var replicas = ThreeReplicas(world, server);
        foreach (var replica in replicas)
        {
            replica.Latency = () => TimeSpan.FromMilliseconds(world.Random.Next(20) == 0 ? 1000 : 30);
        }

        world.Run(() => Task.WhenAll(replicas.Select(replica => replica.CallUntilAsync(TenMinutes, callers: 8))));

        Assert.Equal(0, server.Refused);
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void A_replica_that_is_alone_at_work_has_nearly_all_of_it_after_a_few_seconds(int seed)
    {
        var world = new SimulatedWorld(seed);
        var server = new ServerModel();
        var replicas = ThreeReplicas(world, server);

        world.Run(() => replicas[0].CallUntilAsync(TenMinutes));

        Assert.Equal(0, server.Refused);
        Assert.All(server.Client.All.Skip(1).SkipLast(1), window => Assert.InRange(window.Calls, 285, 300));
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void A_replica_that_dies_and_another_that_is_born_do_not_pass_the_limit(int seed)
    {
        var world = new SimulatedWorld(seed);
        var server = new ServerModel();
        var store = new InMemoryBudgetStore();
        Replica[] replicas = [Start("a", -2), Start("b", 2), Start("dies", 0), Start("born", 1)];

        world.Run(() =>
            Task.WhenAll(
                replicas[0].CallUntilAsync(TenMinutes),
                replicas[1].CallUntilAsync(TenMinutes),
                replicas[2].CallUntilAsync(TimeSpan.FromSeconds(150)),
                StartLaterAsync(replicas[3], TimeSpan.FromSeconds(155))
            )
        );

        Assert.Equal(0, server.Refused);
        AssertWritesPerMinute(replicas, 60);

        Replica Start(string name, double skewSeconds) => new(world, server, store, name, skewSeconds);
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void A_store_that_is_away_for_minutes_costs_calls_but_never_passes_the_limit(int seed)
    {
        var world = new SimulatedWorld(seed);
        var server = new ServerModel();
        var replicas = ThreeReplicas(world, server);
        foreach (var replica in replicas)
        {
            replica.Store.IsAway = at => at.TotalSeconds is > 100 and < 280 or > 400 and < 404;
            replica.Store.LostAnswers = 0.1;
        }

        // One of them comes to life while the store is away, and another has nothing to do for a while.
        world.Run(() =>
            Task.WhenAll(
                replicas[0].CallUntilAsync(TenMinutes),
                replicas[1].CallUntilAsync(TimeSpan.FromSeconds(60)),
                StartLaterAsync(replicas[1], TimeSpan.FromSeconds(200)),
                StartLaterAsync(replicas[2], TimeSpan.FromSeconds(102))
            )
        );

        Assert.Equal(0, server.Refused);
        Assert.All(server.Client.All.SkipLast(1), window => Assert.InRange(window.Calls, 80, 300));
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void A_limit_that_the_server_lowers_is_heeded_by_all_within_a_window(int seed)
    {
        var world = new SimulatedWorld(seed);
        var server = new ServerModel { AllowedAt = at => at < TimeSpan.FromMinutes(3) ? 300 : 180 };
        var replicas = ThreeReplicas(world, server);

        world.Run(() => Task.WhenAll(replicas.Select(replica => replica.CallUntilAsync(TenMinutes))));

        var after = server.Client.All.Where(window => window.Start > TimeSpan.FromMinutes(4)).SkipLast(1);
        Assert.All(after, window => Assert.InRange(window.Calls, 165, 180));
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void A_limit_that_the_configuration_changes_is_heeded_without_a_restart(int seed)
    {
        var world = new SimulatedWorld(seed);
        var server = new ServerModel();
        var limit = 300;
        var store = new InMemoryBudgetStore();
        Replica[] replicas = [Start("a", -2), Start("b", 2), Start("c", 0)];

        world.Run(async () =>
        {
            var calling = Task.WhenAll(replicas.Select(replica => replica.CallUntilAsync(TenMinutes)));
            await Task.Delay(TimeSpan.FromMinutes(3), replicas[2].Time, CancellationToken.None);
            limit = 120;
            await calling;
        });

        var after = server.Client.All.Where(window => window.Start > TimeSpan.FromMinutes(3.5)).SkipLast(1);
        Assert.All(after, window => Assert.InRange(window.Calls, 105, 120));

        Replica Start(string name, double skewSeconds) =>
            new(world, server, store, name, skewSeconds, () => Replica.Rules with { Limit = limit });
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void What_another_integration_uses_of_the_same_client_is_left_to_it(int seed)
    {
        var world = new SimulatedWorld(seed);
        var server = new ServerModel();
        var replicas = ThreeReplicas(world, server);

        world.Run(async () =>
        {
            var calling = Task.WhenAll(replicas.Select(replica => replica.CallUntilAsync(TenMinutes)));
            while (!calling.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(600), replicas[0].Time, CancellationToken.None);
                server.CallByAnother(world.Elapsed);
            }
        });

        Assert.InRange(server.Refused, 0, 10);
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void One_refusal_stops_every_replica_within_seconds_for_as_long_as_it_says(int seed)
    {
        var world = new SimulatedWorld(seed);
        var server = new ServerModel();
        var replicas = ThreeReplicas(world, server);
        var callsAtTheEnd = 0;

        world.Run(async () =>
        {
            var calling = Task.WhenAll(replicas.Select(replica => replica.CallUntilAsync(TimeSpan.FromMinutes(124))));
            await Task.Delay(TimeSpan.FromMinutes(2), replicas[0].Time, CancellationToken.None);
            await replicas[0]
                .Budget.BlockAsync(BudgetBlock.Everything, TimeSpan.FromHours(2), "daily", CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(10), replicas[0].Time, CancellationToken.None);
            var callsTenSecondsLater = replicas.Sum(replica => replica.Calls);
            await Task.Delay(TimeSpan.FromMinutes(119), replicas[0].Time, CancellationToken.None);
            callsAtTheEnd = replicas.Sum(replica => replica.Calls) - callsTenSecondsLater;
            await calling;
        });

        Assert.Equal(0, callsAtTheEnd);
        Assert.Equal(0, server.Refused);
        Assert.All(
            replicas,
            replica => Assert.InRange(replica.Store.Writes.Count(at => at.TotalHours is > 0.1 and < 2), 0, 2)
        );
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void A_person_gets_a_call_through_within_seconds_while_live_work_uses_everything(int seed)
    {
        var world = new SimulatedWorld(seed);
        var server = new ServerModel();
        var store = new InMemoryBudgetStore();
        Replica[] replicas = [Start("a"), Start("b"), Start("operations")];

        world.Run(() =>
            Task.WhenAll(
                replicas[0].CallUntilAsync(TenMinutes),
                replicas[1].CallUntilAsync(TenMinutes),
                StartLaterAsync(replicas[2], TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2.4), BudgetClass.Operator)
            )
        );

        Assert.InRange(replicas[2].Calls, 5, 60);
        Assert.Equal(0, server.Refused);

        Replica Start(string name) => new(world, server, store, name, skewSeconds: 0);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    public static TheoryData<int> FewSeeds => [.. Enumerable.Range(1, 6)];

    private static Replica[] ThreeReplicas(SimulatedWorld world, ServerModel server)
    {
        var store = new InMemoryBudgetStore();
        return [Start("a", -2), Start("b", 0), Start("c", 2)];

        Replica Start(string name, double skewSeconds) =>
            new(world, server, store, name, skewSeconds)
            {
                Latency = () =>
                    TimeSpan.FromMilliseconds(20 + (world.Random.NextDouble() * world.Random.NextDouble() * 400)),
            };
    }

    private static Task StartLaterAsync(Replica replica, TimeSpan start) =>
        StartLaterAsync(replica, start, TenMinutes, BudgetClass.Live);

    private static async Task StartLaterAsync(Replica replica, TimeSpan start, TimeSpan end, BudgetClass @class)
    {
        await Task.Delay(start, replica.Time, CancellationToken.None);
        await replica.CallUntilAsync(end, callers: 2, @class);
    }

    private static void AssertWithinLimit(ServerModel.Windows windows) =>
        Assert.All(windows.All, window => Assert.InRange(window.Calls, 0, 300));

    private static void AssertWritesPerMinute(Replica[] replicas, int max)
    {
        var writes = replicas.SelectMany(replica => replica.Store.Writes).Order().ToList();
        Assert.All(
            writes,
            from => Assert.InRange(writes.Count(at => at >= from && at < from + TimeSpan.FromMinutes(1)), 0, max)
        );
    }
}
