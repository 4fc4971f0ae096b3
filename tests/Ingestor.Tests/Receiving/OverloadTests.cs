using System.Net;
using Ingestor.Sending;
using Ingestor.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace Ingestor.Tests.Receiving;

public sealed class OverloadTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_buffer_asks_to_come_back_later()
    {
        await using var ingestor = new RunningIngestor()
            .With("Sending:EventsHeldMax", "10")
            .With("EventsPerRequestMax", "10");
        using var client = ingestor.Start();
        var held = new Counted(10);
        var release = new TaskCompletionSource<QueueAnswer?>();
        ingestor.Queue.Answer = (events, _) =>
        {
            held.Happened(events.Count);
            return release.Task;
        };

        var waiting = PostAsync(client, AnEnvelope.ArrayOf(Enumerable.Repeat(AnEnvelope.With(), 10)));
        await held.ReachedAsync(Ending);
        using var refused = await PostAsync(client, AnEnvelope.With());
        release.SetResult(null);
        using var accepted = await waiting;
        using var later = await PostAsync(client, AnEnvelope.With());

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.Equal(11, ingestor.Queue.Bodies.Count);
    }

    [Fact]
    public async Task A_request_is_let_into_the_buffer_whole_or_not_at_all()
    {
        await using var ingestor = new RunningIngestor().With("Sending:EventsHeldMax", "10");
        using var client = ingestor.Start();

        using var response = await PostAsync(client, AnEnvelope.ArrayOf(Enumerable.Repeat(AnEnvelope.With(), 11)));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Empty(ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task Bodies_that_would_take_more_memory_than_there_is_are_refused()
    {
        await using var ingestor = new RunningIngestor().With("BodiesBytesMax", "65536");
        using var client = ingestor.Start();

        using var large = await PostAsync(client, AnEnvelope.OfBytes(100_000));
        using var small = await PostAsync(client, AnEnvelope.With());

        Assert.Equal(HttpStatusCode.TooManyRequests, large.StatusCode);
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
    }

    [Fact]
    public async Task Without_its_queue_the_service_is_not_ready_and_promises_nothing()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        ingestor.Queue.IsOpen = false;

        using var refused = await PostAsync(client, AnEnvelope.With());
        using var health = await client.GetAsync("/health", Ending);
        using var alive = await client.GetAsync("/alive", Ending);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task When_SQS_is_away_the_sender_is_told_to_send_again()
    {
        await using var ingestor = new RunningIngestor().With("Sending:RetryDelay", "00:00:00");
        using var client = ingestor.Start();
        ingestor.Queue.Answer = (_, _) => Task.FromResult<QueueAnswer?>(new QueueAnswer.Unavailable("away"));

        using var response = await PostAsync(client, AnEnvelope.With());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal(3, ingestor.Queue.Calls.Count);
    }

    [Fact]
    public async Task A_sender_is_answered_in_time_even_if_SQS_is_silent()
    {
        var clock = new ManualTimeProvider();
        await using var ingestor = new RunningIngestor().WithService<TimeProvider>(clock);
        using var client = ingestor.Start();
        var asked = new Counted(1);
        var silence = new TaskCompletionSource<QueueAnswer?>();
        ingestor.Queue.Answer = (_, _) =>
        {
            asked.Happened();
            return silence.Task;
        };

        var sending = PostAsync(client, AnEnvelope.With());
        await asked.ReachedAsync(Ending);
        clock.Advance(TimeSpan.FromSeconds(4.5));
        using var response = await sending;
        silence.SetResult(null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_leaves_nothing_behind()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(Ending);
        var asked = new Counted(1);
        var release = new TaskCompletionSource<QueueAnswer?>();
        ingestor.Queue.Answer = (_, _) =>
        {
            asked.Happened();
            return release.Task;
        };

        var sending = client.PostAsync("/events", RunningIngestor.Json(AnEnvelope.With()), hangUp.Token);
        await asked.ReachedAsync(Ending);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        release.SetResult(null);
        ingestor.Queue.Answer = (_, _) => Task.FromResult<QueueAnswer?>(null);
        using var next = await PostAsync(client, AnEnvelope.With());

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(0, ingestor.Services.GetRequiredService<PendingEvents>().Held);
        Assert.Empty(ingestor.LogLines.Errors);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string json) =>
        client.PostAsync("/events", RunningIngestor.Json(json), Ending);
}
