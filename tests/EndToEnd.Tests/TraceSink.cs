using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests;

/// <summary>Takes spans by OTLP over HTTP, and of each export only who it is from and which traces are in it.</summary>
internal sealed partial class TraceSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentBag<(string Service, string TraceId)> _seen = [];

    private TraceSink(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<TraceSink> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new TraceSink(builder.Build());
        sink._app.MapPost(
            "/v1/{signal}",
            async (string signal, Stream body) =>
            {
                using var export = new StreamReader(body, Encoding.Latin1);
                sink.Take(signal, await export.ReadToEndAsync());
            }
        );
        await sink._app.StartAsync(cancellationToken);
        return sink;
    }

    public HashSet<string> TracesOf(string service) =>
        [.. _seen.Where(seen => seen.Service == service).Select(seen => seen.TraceId)];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Take(string signal, string export)
    {
        var service = ServiceName().Match(export).Groups["name"].Value;
        foreach (var span in signal == "traces" ? SpanIds().Matches(export).AsEnumerable() : [])
        {
            _seen.Add((service, span.Groups["trace"].Value));
        }
    }

    // Protobuf, a character a byte: a key and, in two nested messages, its text.
    [GeneratedRegex("service\\.name\\x12.\\x0a.(?<name>[a-z]+)", RegexOptions.Singleline)]
    private static partial Regex ServiceName();

    // Field 1 of 16 bytes, field 2 of 8.
    [GeneratedRegex("\\x0a\\x10(?<trace>.{16})\\x12\\x08", RegexOptions.Singleline)]
    private static partial Regex SpanIds();
}
