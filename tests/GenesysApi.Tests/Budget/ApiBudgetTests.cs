using GenesysApi.Budget;
using GenesysApi.Tests.Simulated;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;

namespace GenesysApi.Tests.Budget;

/// <summary>One process' budget, step by step, in a world whose clock the test can read.</summary>
public sealed class ApiBudgetTests
{
    private readonly SimulatedWorld _world = new(seed: 1);
    private readonly InMemoryBudgetStore _shared = new();

    [Fact]
    public void The_first_call_costs_one_read_and_one_write_and_the_next_ones_cost_nothing()
    {
        var (budget, store) = Start();

        _world.Run(async () =>
        {
            for (var call = 0; call < 5; call++)
            {
                Assert.IsType<Permit.Granted>(await TakeAsync(budget));
            }
        });

        Assert.Single(store.Writes);
    }

    [Fact]
    public void A_persons_first_call_goes_through_at_once_beside_live_work_of_the_same_process()
    {
        var (budget, _) = Start();
        Permit? permit = null;

        _world.Run(async () =>
        {
            await TakeAsync(budget);
            permit = await budget.TakeAsync(BudgetClass.Operator, "users", CancellationToken.None);
        });

        Assert.IsType<Permit.Granted>(permit);
        Assert.InRange(_world.Elapsed.TotalSeconds, 0, 1);
    }

    [Fact]
    public void An_idle_process_writes_nothing()
    {
        var (budget, store) = Start();

        _world.Run(async () =>
        {
            await TakeAsync(budget);
            await SleepAsync(TimeSpan.FromHours(1));
        });

        Assert.Single(store.Writes);
    }

    [Fact]
    public void A_line_that_is_too_long_sends_the_last_ones_away_with_a_time_to_come_back()
    {
        var (budget, _) = Start();
        var permits = new List<Permit>();

        _world.Run(async () =>
        {
            await TakeAsync(budget);
            permits.AddRange(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TakeAsync(budget).AsTask())));
        });

        var empty = permits.OfType<Permit.Empty>().ToList();
        Assert.InRange(permits.OfType<Permit.Granted>().Count(), 2, 4);
        Assert.All(empty, permit => Assert.True(permit.Until > SimulatedWorld.Start + TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void Those_who_are_sent_away_come_back_one_after_the_other_and_few_of_them_for_nothing()
    {
        const int Callers = 500;
        var (budget, _) = Start();
        var asked = 0;

        _world.Run(() => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync())));

        Assert.InRange(asked, Callers, 4 * Callers);
        Assert.InRange(_world.Elapsed.TotalMinutes, 1.5, 3);

        async Task CallAsync()
        {
            while (true)
            {
                asked++;
                if (await TakeAsync(budget) is not Permit.Empty empty)
                {
                    return;
                }

                await SleepAsync(empty.Until - _world.Time.GetUtcNow() + TimeSpan.FromMilliseconds(1));
            }
        }
    }

    [Fact]
    public void A_caller_who_gives_up_leaves_the_line_as_it_was()
    {
        var (budget, _) = Start();

        _world.Run(async () =>
        {
            await TakeAsync(budget);
            using var impatience = new CancellationTokenSource();
            var impatient = budget.TakeAsync(BudgetClass.Live, "details", impatience.Token).AsTask();
            impatience.Cancel();
            await Task.WhenAny(impatient);
            Assert.True(impatient.IsCanceled);

            Assert.IsType<Permit.Granted>(await TakeAsync(budget));
        });
    }

    [Fact]
    public void A_new_process_without_a_store_waits_until_those_before_it_must_have_noticed()
    {
        var (budget, store) = Start();
        store.IsAway = _ => true;
        Permit? first = null;
        Permit? later = null;

        _world.Run(async () =>
        {
            first = await TakeAsync(budget);
            await SleepAsync(TimeSpan.FromSeconds(4));
            await TakeAsync(budget);
            await SleepAsync(TimeSpan.FromSeconds(4));
            later = await TakeAsync(budget);
        });

        Assert.IsType<Permit.Empty>(first);
        Assert.IsType<Permit.Granted>(later);
    }

    [Fact]
    public void Whoever_held_more_than_a_local_share_falls_back_to_it_with_the_first_write_that_fails()
    {
        var (budget, store) = Start();
        var calls = 0;

        _world.Run(async () =>
        {
            await CallForAsync(TimeSpan.FromSeconds(40));
            store.IsAway = _ => true;
            await CallForAsync(TimeSpan.FromSeconds(7));
            calls = 0;
            await CallForAsync(TimeSpan.FromMinutes(1));
        });

        Assert.InRange(calls, 90, 98);

        async Task CallForAsync(TimeSpan time)
        {
            for (var end = _world.Elapsed + time; _world.Elapsed < end; )
            {
                calls += await TakeAsync(budget) is Permit.Granted ? 1 : 0;
                await SleepAsync(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    [Fact]
    public void A_store_that_never_answers_holds_a_caller_for_a_second()
    {
        var hangs = new HangingStore(_world.ClockThatIsAheadBy(TimeSpan.Zero));
        var budget = Create(hangs);

        _world.Run(() => TakeAsync(budget).AsTask());

        Assert.Equal(TimeSpan.FromSeconds(1), _world.Elapsed);
    }

    [Fact]
    public void A_block_is_in_the_record_when_it_was_raised_and_others_heed_it_with_their_next_renewal()
    {
        var (raiser, _) = Start("raiser");
        var (other, _) = Start("other");
        Permit? seen = null;

        _world.Run(async () =>
        {
            await TakeAsync(other);
            await raiser.BlockAsync(BudgetBlock.Everything, TimeSpan.FromMinutes(1), "limit", CancellationToken.None);
            await SleepAsync(TimeSpan.FromSeconds(7));
            seen = await TakeAsync(other);
        });

        Assert.Equal("limit", Assert.IsType<Permit.Blocked>(seen).By);
        Assert.Equal("limit", Assert.IsType<Permit.Blocked>(other.Look(BudgetClass.Live, "details")).By);
    }

    [Fact]
    public void Blocks_of_one_moment_are_written_once()
    {
        var (budget, store) = Start();

        _world.Run(() =>
            Task.WhenAll(
                Enumerable
                    .Range(0, 50)
                    .Select(_ =>
                        budget.BlockAsync(
                            BudgetBlock.Everything,
                            TimeSpan.FromSeconds(37),
                            "limit",
                            CancellationToken.None
                        )
                    )
            )
        );

        Assert.Single(store.Writes);
    }

    [Fact]
    public void Refusals_that_do_not_say_for_how_long_are_waited_for_longer_each_time()
    {
        var (budget, _) = Start();
        var waits = new List<double>();

        _world.Run(async () =>
        {
            for (var refusal = 0; refusal < 4; refusal++)
            {
                var until = await budget.BlockAsync(BudgetBlock.Everything, wait: null, "429", CancellationToken.None);
                waits.Add((until - SimulatedWorld.Start - _world.Elapsed).TotalSeconds);
                await SleepAsync(until - SimulatedWorld.Start - _world.Elapsed);
            }
        });

        Assert.InRange(waits[0], 3, 5);
        Assert.InRange(waits[1], 9, 11);
        Assert.InRange(waits[2], 27, 29);
        Assert.InRange(waits[3], 60, 62);
    }

    [Fact]
    public void A_process_that_ends_gives_its_share_back()
    {
        var (budget, _) = Start();
        BudgetRecord? record = null;

        _world.Run(async () =>
        {
            await TakeAsync(budget);
            await budget.DisposeAsync();
            record = Assert.IsType<BudgetRead.Found>(await _shared.ReadAsync("client", CancellationToken.None)).Record;
        });

        Assert.Empty(record!.Shares);
    }

    private static ValueTask<Permit> TakeAsync(ApiBudget budget) =>
        budget.TakeAsync(BudgetClass.Live, "details", CancellationToken.None);

    private Task SleepAsync(TimeSpan time) =>
        Task.Delay(time, _world.ClockThatIsAheadBy(TimeSpan.Zero), CancellationToken.None);

    private (ApiBudget Budget, SimulatedStore Store) Start(string name = "a")
    {
        var store = new SimulatedStore(_world, _shared, _world.ClockThatIsAheadBy(TimeSpan.Zero));
        return (Create(store, name), store);
    }

    private ApiBudget Create(IBudgetStore store, string name = "a") =>
        new(
            "client",
            name,
            store,
            () => Replica.Rules,
            ATest.Metrics(),
            _world.ClockThatIsAheadBy(TimeSpan.Zero),
            _world.Random,
            NullLogger<ApiBudget>.Instance
        );

    private sealed class HangingStore(TimeProvider time) : IBudgetStore
    {
        public async Task<BudgetRead> ReadAsync(string budget, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            return new BudgetRead.Unavailable("never");
        }

        public Task<BudgetWrite> WriteAsync(BudgetRecord record, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nobody writes what nobody read.");
    }
}
