using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Processor.Tests.Lambda;

/// <summary>The Lambda Runtime API on loopback: hands out what a test invokes, and keeps what the function answers.</summary>
internal sealed class FakeRuntimeApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Invoked> _next = Channel.CreateBounded<Invoked>(16);
    private readonly Dictionary<string, TaskCompletionSource<Answered>> _answers = [];
    private readonly TaskCompletionSource<string> _initError = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeRuntimeApi(WebApplication app) => _app = app;

    /// <summary>What the function finds in <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Address { get; private set; } = "";

    public static async Task<FakeRuntimeApi> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var fake = new FakeRuntimeApi(app);

        var runtime = app.MapGroup("/2018-06-01/runtime");
        runtime.MapGet("/invocation/next", fake.NextAsync);
        runtime.MapPost(
            "/invocation/{id}/response",
            (string id, HttpRequest request) => fake.KeepAsync(id, isError: false, request)
        );
        runtime.MapPost(
            "/invocation/{id}/error",
            (string id, HttpRequest request) => fake.KeepAsync(id, isError: true, request)
        );
        runtime.MapPost(
            "/init/error",
            async (HttpRequest request) =>
            {
                fake._initError.TrySetResult(await ReadAsync(request));
                return Results.Accepted();
            }
        );

        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        fake.Address = new Uri(addresses.Addresses.Single()).Authority;
        return fake;
    }

    /// <summary>Invokes the function and waits for its answer.</summary>
    public async Task<Answered> InvokeAsync(string eventJson, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var invoked = new Invoked(Guid.NewGuid().ToString(), eventJson, TimeProvider.System.GetUtcNow() + timeout);
        var answer = new TaskCompletionSource<Answered>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_answers)
        {
            _answers[invoked.Id] = answer;
        }

        await _next.Writer.WriteAsync(invoked, cancellationToken);
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
    }

    public Task<string> InitErrorAsync(CancellationToken cancellationToken) =>
        _initError.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task NextAsync(HttpContext context)
    {
        var invoked = await _next.Reader.ReadAsync(context.RequestAborted);
        context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = invoked.Id;
        context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = invoked
            .Deadline.ToUnixTimeMilliseconds()
            .ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsync(invoked.Event, context.RequestAborted);
    }

    private async Task<IResult> KeepAsync(string id, bool isError, HttpRequest request)
    {
        var body = await ReadAsync(request);
        lock (_answers)
        {
            _answers[id].TrySetResult(new Answered(isError, body, TimeProvider.System.GetUtcNow()));
        }

        return Results.Accepted();
    }

    private static async Task<string> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync();
    }

    private sealed record Invoked(string Id, string Event, DateTimeOffset Deadline);
}

/// <param name="IsError">It went to <c>/error</c>.</param>
/// <param name="Body">What the function said.</param>
/// <param name="At">When.</param>
internal sealed record Answered(bool IsError, string Body, DateTimeOffset At);
