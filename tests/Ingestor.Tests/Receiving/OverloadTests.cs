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
        var release = HoldBack(ingestor, out var held, events: 10);

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
        var release = HoldBack(ingestor, out var held, events: 5);

        var waiting = PostAsync(client, AnEnvelope.ArrayOf(Enumerable.Repeat(AnEnvelope.With(), 5)));
        await held.ReachedAsync(Ending);
        using var refused = await PostAsync(client, AnEnvelope.ArrayOf(Enumerable.Repeat(AnEnvelope.With(), 6)));
        release.SetResult(null);
        using var accepted = await waiting;

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(5, ingestor.Queue.Bodies.Count);
    }

    [Fact]
    public async Task More_events_than_the_buffer_holds_are_too_many_for_one_request()
    {
        await using var ingestor = new RunningIngestor().With("Sending:EventsHeldMax", "10");
        using var client = ingestor.Start();

        using var response = await PostAsync(client, AnEnvelope.ArrayOf(Enumerable.Repeat(AnEnvelope.With(), 11)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Bodies_that_would_take_more_memory_than_there_is_are_refused()
    {
        await using var ingestor = new RunningIngestor().With("BodyBytesMax", "16384").With("BodiesBytesMax", "65536");
        using var client = ingestor.Start();
        var release = HoldBack(ingestor, out var held, events: 4);

        var waiting = Enumerable.Range(0, 4).Select(_ => PostAsync(client, AnEnvelope.OfBytes(16_384))).ToList();
        await held.ReachedAsync(Ending);
        using var refused = await PostAsync(client, AnEnvelope.With());
        release.SetResult(null);
        var accepted = await Task.WhenAll(waiting);
        using var later = await PostAsync(client, AnEnvelope.With());

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.All(accepted, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
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
        var silence = HoldBack(ingestor, out var asked, events: 1);

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
        var release = HoldBack(ingestor, out var asked, events: 1);

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

    /// <summary>The queue takes nothing until the test lets it; <paramref name="asked"/> ends when it was given so many events.</summary>
    private static TaskCompletionSource<QueueAnswer?> HoldBack(RunningIngestor ingestor, out Counted asked, int events)
    {
        var release = new TaskCompletionSource<QueueAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var given = asked = new Counted(events);
        ingestor.Queue.Answer = (batch, _) =>
        {
            given.Happened(batch.Count);
            return release.Task;
        };
        return release;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string json) =>
        client.PostAsync("/events", RunningIngestor.Json(json), Ending);
}
