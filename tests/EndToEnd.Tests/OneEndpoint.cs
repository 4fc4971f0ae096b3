using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Testing;

namespace EndToEnd.Tests;

/// <summary>The two emulators behind one URL, as LocalStack and the like have it: whom a request is for stands in X-Amz-Target.</summary>
internal sealed class OneEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Emulators _emulators;
    private readonly HttpClient _http = new();

    private OneEndpoint(WebApplication app, Emulators emulators) => (_app, _emulators) = (app, emulators);

    public string Url => _app.Urls.Single();

    public static async Task<OneEndpoint> StartAsync(Emulators emulators, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new OneEndpoint(builder.Build(), emulators);
        endpoint._app.Run(endpoint.ForwardAsync);
        await endpoint._app.StartAsync(cancellationToken);
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var emulator = target.StartsWith("AmazonSQS.", StringComparison.Ordinal)
            ? _emulators.SqsUrl
            : _emulators.DynamoDbUrl;
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(emulator, context.Request.Path)
        );
        request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers)
        {
            _ =
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)
                || request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        using var answer = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        context.Response.Headers.Remove("Transfer-Encoding");
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
