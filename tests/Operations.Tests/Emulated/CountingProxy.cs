using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Operations.Tests.Emulated;

/// <summary>Stands between a process and an emulator, passes everything on as it is, and keeps what was asked.</summary>
internal sealed class CountingProxy : IAsyncDisposable
{
    private const string Operation = "X-Amz-Target";

    private readonly ConcurrentQueue<(string Operation, string Body)> _asked = new();
    private readonly HttpClient _client = new();
    private readonly Uri _emulator;
    private readonly WebApplication _app;

    private CountingProxy(Uri emulator)
    {
        _emulator = emulator;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(PassOnAsync);
    }

    public string Url => _app.Urls.Single();

    /// <summary>What a request, by its body, waits for before it is passed on.</summary>
    public Func<string, Task> Hold { get; set; } = _ => Task.CompletedTask;

    public static async Task<CountingProxy> StartAsync(Uri emulator, CancellationToken cancellationToken)
    {
        var proxy = new CountingProxy(emulator);
        await proxy._app.StartAsync(cancellationToken);
        return proxy;
    }

    /// <summary>What was asked of a table, in its order.</summary>
    public IReadOnlyList<(string Operation, string Body)> AskedOf(string table) =>
        [.. _asked.Where(asked => asked.Body.Contains($"\"{table}\"", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _asked.Enqueue((context.Request.Headers[Operation].ToString().Split('.')[^1], body));
        await Hold(body);
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(_emulator, context.Request.Path)
        )
        {
            Content = new StringContent(body),
        };
        request.Content.Headers.Clear();
        foreach (var (name, value) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, [.. value]))
            {
                request.Content.Headers.TryAddWithoutValidation(name, [.. value]);
            }
        }

        request.Headers.Host = null;
        using var answer = await _client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive"))
            {
                context.Response.Headers[name] = value.ToArray();
            }
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
