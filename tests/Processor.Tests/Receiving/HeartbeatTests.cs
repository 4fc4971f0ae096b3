using Microsoft.Extensions.Logging;
using Processor.Effects;
using Processor.Processing;
using Processor.Receiving;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Receiving;

public sealed class HeartbeatTests
{
    [Fact]
    public void Messages_that_wait_for_their_turn_longer_than_their_visibility_are_not_delivered_again()
    {
        using var scenario = new Scenario { Effects = new() { Workers = 1 } };
        scenario.AddEffect().Takes = TimeSpan.FromSeconds(20);
        for (var index = 0; index < 10; index++)
        {
            scenario.Aws.Queue.Send(
                Builders.AnEvent().InConversation($"conversation-{index}").OfStep("customer.end").Build()
            );
        }

        scenario.RunUntilEmpty();

        Assert.Equal(10, scenario.Aws.Queue.ReceivedTotal);
        Assert.True(scenario.Metrics.Sum("genesys.heartbeat.extended") >= 20, "They were kept by renewals.");
    }

    [Fact]
    public void The_claim_is_renewed_in_the_same_tick()
    {
        using var scenario = new Scenario();
        scenario.AddEffect().Takes = TimeSpan.FromSeconds(29);
        scenario.Aws.Queue.Send(Builders.AnEvent().OfStep("customer.end").Build());

        scenario.RunUntilEmpty();

        Assert.Equal(1, scenario.Aws.Claims.Faults.CallsOf(nameof(IClaimStore.RenewAsync)));
        Assert.Equal(1, scenario.Metrics.Sum("genesys.heartbeat.extended"));
    }

    [Fact]
    public void Work_that_comes_near_the_limit_of_visibility_is_stopped()
    {
        using var scenario = new Scenario { Receiving = new() { VisibilityMax = TimeSpan.FromMinutes(3) } };
        using var handle = new Held(scenario);

        handle.BeatFor(TimeSpan.FromMinutes(10));

        Assert.True(handle.Delivery.IsLost);
        Assert.True(handle.Delivery.Lost.IsCancellationRequested);
        Assert.InRange(handle.LostAfter, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void A_handle_that_another_receive_made_worthless_stops_the_work()
    {
        using var scenario = new Scenario();
        using var handle = new Held(scenario);
        scenario.Aws.Queue.ShowAgain(handle.Delivery.Message.MessageId);

        handle.BeatFor(TimeSpan.FromMinutes(1));

        Assert.True(handle.Delivery.IsLost);
        Assert.Equal(1, scenario.Metrics.Sum("genesys.heartbeat.lost"));
    }

    [Fact]
    public void A_queue_that_does_not_answer_loses_nothing_while_visibility_lasts()
    {
        using var scenario = new Scenario();
        using var handle = new Held(scenario);
        scenario.Aws.Queue.Faults.Next(
            nameof(IEventQueue.ChangeVisibilityAsync),
            Fault.Away,
            Fault.AnswerLost,
            Fault.Bug
        );

        handle.BeatFor(TimeSpan.FromMinutes(5));

        Assert.False(handle.Delivery.IsLost);
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 214);
    }

    [Fact]
    public void A_queue_that_does_not_answer_until_visibility_ends_stops_the_work()
    {
        using var scenario = new Scenario();
        using var handle = new Held(scenario);
        scenario.Aws.Queue.Faults.Always(nameof(IEventQueue.ChangeVisibilityAsync), Fault.Away);

        handle.BeatFor(TimeSpan.FromMinutes(5));

        Assert.True(handle.Delivery.IsLost);
        Assert.InRange(handle.LostAfter, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(70));
    }

    [Fact]
    public void A_delete_waits_for_the_renewal_that_is_under_way_and_none_follows_it()
    {
        using var scenario = new Scenario();
        using var handle = new Held(scenario);
        scenario.Aws.Queue.Faults.Always(
            nameof(IEventQueue.ChangeVisibilityAsync),
            Fault.Late(TimeSpan.FromSeconds(3))
        );

        scenario.Run(async () =>
        {
            var beating = handle.Beating();
            await scenario.Aws.UntilAsync(() => Renewals(scenario) == 1, "renewal", TimeSpan.FromMinutes(1));
            var began = scenario.Now;
            await handle.Heartbeat.StopAsync([handle.Delivery]);
            Assert.InRange(scenario.Now - began, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));

            await Task.Delay(TimeSpan.FromMinutes(5), scenario.Time, CancellationToken.None);
            Assert.Equal(1, Renewals(scenario));
            await handle.EndAsync(beating);
        });
    }

    [Fact]
    public void A_claim_that_ended_while_its_renewal_travelled_is_not_lost()
    {
        using var scenario = new Scenario();
        using var handle = new Held(scenario);
        handle.Delivery.RenewClaim = _ =>
        {
            handle.Delivery.RenewClaim = null;
            return Task.FromResult(false);
        };

        handle.BeatFor(TimeSpan.FromMinutes(1));

        Assert.False(handle.Delivery.IsLost);
    }

    [Fact]
    public void A_claim_that_another_took_stops_the_work()
    {
        using var scenario = new Scenario();
        using var handle = new Held(scenario);
        handle.Delivery.RenewClaim = _ => Task.FromResult(false);

        handle.BeatFor(TimeSpan.FromMinutes(1));

        Assert.True(handle.Delivery.IsLost);
    }

    [Fact]
    public void A_claims_table_that_hangs_keeps_neither_visibility_nor_a_delete_waiting()
    {
        using var scenario = new Scenario();
        using var handle = new Held(scenario);
        var asked = 0;
        handle.Delivery.RenewClaim = async limit =>
        {
            asked++;
            await Task.Delay(Timeout.InfiniteTimeSpan, scenario.Time, limit);
            return true;
        };

        scenario.Run(async () =>
        {
            var beating = handle.Beating();
            await scenario.Aws.UntilAsync(() => asked == 3, "renewals of the claim", TimeSpan.FromMinutes(5));
            var began = scenario.Now;
            await handle.Heartbeat.StopAsync([handle.Delivery]);
            Assert.Equal(began, scenario.Now);
            await handle.EndAsync(beating);
        });

        Assert.False(handle.Delivery.IsLost);
        Assert.Equal(3, Renewals(scenario));
    }

    private static int Renewals(Scenario scenario) =>
        scenario.Aws.Queue.Faults.CallsOf(nameof(IEventQueue.ChangeVisibilityAsync));

    /// <summary>A message in somebody's hands, and the heartbeat that keeps it there.</summary>
    private sealed class Held : IDisposable
    {
        private readonly Scenario _scenario;
        private readonly CancellationTokenSource _stopping = new();

        public Held(Scenario scenario)
        {
            _scenario = scenario;
            scenario.Aws.Queue.Send("{}");
            var slots = new Slots(1);
            var inFlight = new InFlight(slots);
            Heartbeat = new Heartbeat(
                scenario.Aws.Queue,
                inFlight,
                scenario.Receiving,
                new ReceivingMetrics(scenario.Metrics, inFlight, scenario.Time),
                scenario.Time,
                scenario.Logs.CreateLogger<Heartbeat>()
            );
            Delivery? delivery = null;
            scenario.Run(async () =>
            {
                var answer = await scenario.Aws.Queue.ReceiveAsync(1, CancellationToken.None);
                var message = Assert.Single(Assert.IsType<ReceiveAnswer.Messages>(answer).Received);
                delivery = new Delivery(message, scenario.Now, scenario.Receiving.VisibilityTimeout, 0);
                await slots.TakeAsync(CancellationToken.None);
            });
            Delivery = delivery!;
            inFlight.Add([Delivery]);
            ReceivedAt = scenario.Now;
        }

        public Heartbeat Heartbeat { get; }

        public Delivery Delivery { get; }

        public TimeSpan LostAfter { get; private set; }

        private DateTimeOffset ReceivedAt { get; }

        public Task Beating()
        {
            Delivery.Lost.Register(() => LostAfter = _scenario.Now - ReceivedAt);
            return Heartbeat.RunAsync(_stopping.Token);
        }

        public Task EndAsync(Task beating)
        {
            _stopping.Cancel();
            return beating;
        }

        public void BeatFor(TimeSpan duration) =>
            _scenario.Run(async () =>
            {
                var beating = Beating();
                await Task.Delay(duration, _scenario.Time, CancellationToken.None);
                await EndAsync(beating);
            });

        public void Dispose() => _stopping.Dispose();
    }
}
