using System.Diagnostics.Metrics;
using Ingestor.Sending;
using Ingestor.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Ingestor.Tests.Sending;

public sealed class EventSenderTests : IAsyncDisposable
{
    private static readonly SendingOptions Settings = new() { Senders = 1, RetryDelay = TimeSpan.Zero };

    private readonly SentTogether _house = new(Settings);
    private readonly RecordingQueue _queue = new();
    private readonly EventSender _sender;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public EventSenderTests() =>
        _sender = new EventSender(
            _queue,
            _house.Gatherer,
            _house.Pending,
            Options.Create(Settings),
            new IngestMetrics(_services.GetRequiredService<IMeterFactory>(), Options.Create(new PipelineOptions())),
            TimeProvider.System,
            new Random(1),
            NullLogger<EventSender>.Instance
        );

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_failed_by_the_senders_fault_is_refused_at_once_and_the_rest_goes_through()
    {
        var refused = new EventOutcome.Refused(RefusalReason.RefusedByQueue, "no");
        _queue.Answer = (events, _) =>
            Task.FromResult<QueueAnswer?>(
                RecordingQueue.Each(
                    events,
                    pending => pending.Body == "bad" ? refused : EventOutcome.Forwarded.Instance
                )
            );
        var submission = _house.Admit("good", "bad", "good too");

        await _sender.StartAsync(Ending);
        await submission.Settled.WaitAsync(Ending);

        Assert.Equal(["good", "good too"], _queue.Bodies);
        Assert.Same(refused, submission.Events[1].Outcome);
        Assert.Single(_queue.Calls);
    }

    [Fact]
    public async Task What_failed_by_the_queues_fault_is_sent_again_alone()
    {
        _queue.Answer = (events, _) =>
            Task.FromResult<QueueAnswer?>(
                RecordingQueue.Each(
                    events,
                    pending => pending.Body == "unlucky" && events.Count > 1 ? null : EventOutcome.Forwarded.Instance
                )
            );
        var submission = _house.Admit("lucky", "unlucky", "lucky too");

        await _sender.StartAsync(Ending);
        await submission.Settled.WaitAsync(Ending);

        Assert.Equal([3, 1], _queue.Calls);
        Assert.Equal(["lucky", "lucky too", "unlucky"], _queue.Bodies);
    }

    [Fact]
    public async Task What_fails_every_time_is_given_back_to_its_sender()
    {
        _queue.Answer = (events, _) => Task.FromResult<QueueAnswer?>(RecordingQueue.Each(events, _ => null));
        var submission = _house.Admit("unlucky");

        await _sender.StartAsync(Ending);
        await submission.Settled.WaitAsync(Ending);

        Assert.IsType<EventOutcome.Unavailable>(submission.Events[0].Outcome);
        Assert.Equal(Settings.Attempts, _queue.Calls.Count);
    }

    [Fact]
    public async Task A_bug_in_one_batch_does_not_stop_the_next()
    {
        _queue.Answer = (events, _) =>
            events[0].Body == "broken"
                ? throw new InvalidOperationException("A bug.")
                : Task.FromResult<QueueAnswer?>(null);

        await _sender.StartAsync(Ending);
        var broken = _house.Admit("broken");
        await broken.Settled.WaitAsync(Ending);
        var next = _house.Admit("next");
        await next.Settled.WaitAsync(Ending);

        Assert.IsType<EventOutcome.Unavailable>(broken.Events[0].Outcome);
        Assert.Equal(["next"], _queue.Bodies);
    }

    [Fact]
    public async Task Stopping_sends_what_waits_and_ends()
    {
        var first = new Counted(1);
        var release = new TaskCompletionSource<QueueAnswer?>();
        _queue.Answer = (_, _) =>
        {
            first.Happened();
            return release.Task;
        };
        var flying = _house.Admit("flying");
        await _sender.StartAsync(Ending);
        await first.ReachedAsync(Ending);
        var waiting = _house.Admit("waiting");

        var stopping = _sender.StopAsync(Ending);
        release.SetResult(null);
        await stopping;

        Assert.Equal(["flying", "waiting"], _queue.Bodies);
        Assert.True(flying.Settled.IsCompleted && waiting.Settled.IsCompleted);
        Assert.Equal(0, _house.Pending.Held);
    }

    [Fact]
    public async Task When_the_hosts_patience_ends_a_call_that_hangs_is_broken_off()
    {
        var hanging = new Counted(1);
        _queue.Answer = async (_, aborting) =>
        {
            hanging.Happened();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, aborting);
            return null;
        };
        var submission = _house.Admit("hanging");
        await _sender.StartAsync(Ending);
        await hanging.ReachedAsync(Ending);

        await _sender.StopAsync(new CancellationToken(canceled: true));
        await submission.Settled.WaitAsync(Ending);

        Assert.IsType<EventOutcome.Unavailable>(submission.Events[0].Outcome);
    }

    public async ValueTask DisposeAsync()
    {
        _house.Pending.Complete();
        _sender.Dispose();
        await _services.DisposeAsync();
    }
}
