using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GenesysMock.Tests.Publishing;

/// <summary>Takes events as the Ingestor does, and remembers what it was sent. Answers can be given beforehand.</summary>
internal sealed class FakeIngestor : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<SentRequest> _requests = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private FakeIngestor(WebApplication app) => _app = app;

    public Uri Url => new(new Uri(_app.Urls.Single()), "/events");

    public IReadOnlyList<SentRequest> Requests => [.. _requests];

    public IEnumerable<string> Envelopes => Requests.SelectMany(request => request.Envelopes);

    public static async Task<FakeIngestor> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var ingestor = new FakeIngestor(builder.Build());
        ingestor._app.Urls.Add("http://127.0.0.1:0");
        ingestor._app.MapPost("/events", ingestor.TakeAsync);
        await ingestor._app.StartAsync(TestContext.Current.CancellationToken);
        return ingestor;
    }

    /// <summary>The next request is answered so; those after all answers that were given beforehand, with 200.</summary>
    public void Answer(HttpStatusCode status, string? retryAfter = null) =>
        _answers.Enqueue(context =>
        {
            context.Response.StatusCode = (int)status;
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        });

    /// <summary>The next request is an array of which each event has a status of its own.</summary>
    public void AnswerEach(HttpStatusCode worst, params int[] statuses) =>
        _answers.Enqueue(context =>
        {
            context.Response.StatusCode = (int)worst;
            return context.Response.WriteAsJsonAsync(
                new { status = (int)worst, entries = statuses.Select(status => new { status }) },
                options: null,
                "application/problem+json"
            );
        });

    public void HangUp() =>
        _answers.Enqueue(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

    /// <summary>Ends when a request has come that nobody has waited for yet.</summary>
    public Task NextRequestAsync(CancellationToken cancellationToken) => _arrived.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var root = body.RootElement;
        _requests.Enqueue(
            new SentRequest(
                context.Request.Headers["x-api-key"],
                context.Request.Headers["traceparent"],
                context.Request.ContentType,
                root.ValueKind is JsonValueKind.Array,
                root.ValueKind is JsonValueKind.Array
                    ? [.. root.EnumerateArray().Select(envelope => envelope.GetRawText())]
                    : [root.GetRawText()]
            )
        );
        _arrived.Release();
        if (_answers.TryDequeue(out var answer))
        {
            await answer(context);
        }
    }
}

internal sealed record SentRequest(
    string? ApiKey,
    string? TraceParent,
    string? ContentType,
    bool IsArray,
    IReadOnlyList<string> Envelopes
);
