using System.Diagnostics;
using System.Threading.Channels;
using Processor.Testing.World;
using Testing;

namespace Processor.Tests.World;

public sealed class SimulatedWorldTests
{
    [Fact]
    public void One_seed_replays_one_history()
    {
        var first = Play(seed: 7);
        var second = Play(seed: 7);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Many_seeds_reach_many_histories_and_each_item_is_handled_once_in_all_of_them()
    {
        var histories = new HashSet<string>();
        for (var seed = 0; seed < 200; seed++)
        {
            var history = Play(seed);
            histories.Add(string.Join(' ', history));
            Assert.Equal(12, history.Select(step => step.Split('@')[0]).Distinct().Count());
        }

        Assert.True(histories.Count > 50, $"{histories.Count} histories");
    }

    [Fact]
    public void An_hour_of_waiting_takes_no_time()
    {
        var world = new SimulatedWorld(seed: 1);
        var started = Stopwatch.GetTimestamp();

        world.Run(() => Task.Delay(TimeSpan.FromHours(1), world.Time, CancellationToken.None));

        Assert.Equal(SimulatedWorld.Start + TimeSpan.FromHours(1), world.Time.GetUtcNow());
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_wait_that_nobody_ends_is_reported_as_a_deadlock()
    {
        var world = new SimulatedWorld(seed: 1);

        var failure = Assert.Throws<BrokenWorldException>(() => world.Run(() => new TaskCompletionSource().Task));

        Assert.Contains("nothing left to run", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_does_not_end_is_reported()
    {
        var world = new SimulatedWorld(seed: 1);

        var failure = Assert.Throws<BrokenWorldException>(() => world.Run(ForeverAsync, stepsMax: 1_000));

        Assert.Contains("no end after 1000 steps", failure.Message, StringComparison.Ordinal);

        static async Task ForeverAsync()
        {
            while (true)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public void A_timer_that_is_disposed_of_does_not_fire()
    {
        var world = new SimulatedWorld(seed: 1);
        var fired = 0;

        world.Run(async () =>
        {
            var timer = world.Time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            await timer.DisposeAsync();
            await Task.Delay(TimeSpan.FromSeconds(2), world.Time, CancellationToken.None);
        });

        Assert.Equal(0, fired);
    }

    [Fact]
    public void A_dead_process_takes_no_step_more_and_a_stalled_one_goes_on_when_it_wakes()
    {
        var world = new SimulatedWorld(seed: 1);
        var (dead, stalled) = (new Lifeline(), new Lifeline());
        var (deadTicks, stalledTicks) = (0, 0);

        world.Run(async () =>
        {
            _ = TickAsync(new ProcessClock(world.Time, TimeSpan.Zero, dead), () => deadTicks++);
            _ = TickAsync(new ProcessClock(world.Time, TimeSpan.Zero, stalled), () => stalledTicks++);
            await Task.Delay(TimeSpan.FromSeconds(2.5), world.Time, CancellationToken.None);
            dead.Kill();
            stalled.Stall();
            await Task.Delay(TimeSpan.FromSeconds(60), world.Time, CancellationToken.None);
            Assert.Equal((2, 2), (deadTicks, stalledTicks));
            stalled.Wake();
            await Task.Delay(TimeSpan.FromSeconds(2.5), world.Time, CancellationToken.None);
        });

        Assert.Equal((2, 5), (deadTicks, stalledTicks));

        static async Task TickAsync(TimeProvider time, Action tick)
        {
            for (var second = 0; second < 10; second++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None);
                tick();
            }
        }
    }

    private static List<string> Play(int seed)
    {
        var world = new SimulatedWorld(seed);
        var history = new List<string>();
        world.Run(async () =>
        {
            var queue = Channel.CreateBounded<int>(2);
            var workers = Enumerable.Range(0, 3).Select(worker => WorkAsync(worker, queue.Reader)).ToArray();
            for (var item = 0; item < 12; item++)
            {
                await queue.Writer.WriteAsync(item, CancellationToken.None);
            }

            queue.Writer.Complete();
            await Task.WhenAll(workers);
        });
        return history;

        async Task WorkAsync(int worker, ChannelReader<int> reader)
        {
            while (await reader.WaitToReadAsync(CancellationToken.None))
            {
                while (reader.TryRead(out var item))
                {
                    var pause = TimeSpan.FromMilliseconds(world.Random.Next(1, 50));
                    await Task.Delay(pause, world.Time, CancellationToken.None);
                    history.Add($"{item}@{worker}");
                }
            }
        }
    }
}
