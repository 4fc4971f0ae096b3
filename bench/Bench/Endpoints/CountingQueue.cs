using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bench.Endpoints;

/// <summary>Answers SendMessageBatch as SQS does, after the time SQS takes, keeps nothing and counts calls and events.</summary>
internal sealed class CountingQueue : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _latency;
    private int _requests;
    private int _events;

    private CountingQueue(WebApplication app, TimeSpan latency)
    {
        (_app, _latency) = (app, latency);
        _app.Run(AnswerAsync);
    }

    private string Url => $"{_app.Urls.Single()}/000000000000/{Names.EventsQueue}";

    /// <summary>What an Ingestor needs in its environment to send to it.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL_SQS"] = new Uri(Url).GetLeftPart(UriPartial.Authority),
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["Pipeline__EventsQueue"] = Url,
        };

    public int Requests => Volatile.Read(ref _requests);

    public int Events => Volatile.Read(ref _events);

    public static async Task<CountingQueue> StartAsync(TimeSpan latency)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var queue = new CountingQueue(builder.Build(), latency);
        await queue._app.StartAsync();
        return queue;
    }

    public void Reset()
    {
        Volatile.Write(ref _requests, 0);
        Volatile.Write(ref _events, 0);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        using var request = await JsonDocument.ParseAsync(context.Request.Body);
        var answer = new
        {
            Successful = request
                .RootElement.GetProperty("Entries")
                .EnumerateArray()
                .Select(entry => new
                {
                    Id = entry.GetProperty("Id").GetString(),
                    MessageId = "00000000-0000-0000-0000-000000000000",
                    MD5OfMessageBody = MessageJson.Md5(
                        Encoding.UTF8.GetBytes(entry.GetProperty("MessageBody").GetString()!)
                    ),
                    MD5OfMessageAttributes = entry.TryGetProperty("MessageAttributes", out var attributes)
                        ? MessageJson.Md5(Digested(attributes))
                        : null,
                })
                .ToArray(),
        };
        Interlocked.Add(ref _events, answer.Successful.Length);
        await Task.Delay(_latency, TimeProvider.System);
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer));
    }

    /// <summary>Name, type and value, each with its length before it, as SQS digests attributes.</summary>
    private static byte[] Digested(JsonElement attributes)
    {
        using var bytes = new MemoryStream();
        foreach (
            var attribute in attributes.EnumerateObject().OrderBy(attribute => attribute.Name, StringComparer.Ordinal)
        )
        {
            Append(bytes, attribute.Name);
            Append(bytes, attribute.Value.GetProperty("DataType").GetString()!);
            bytes.WriteByte(1);
            Append(bytes, attribute.Value.GetProperty("StringValue").GetString()!);
        }

        return bytes.ToArray();
    }

    private static void Append(MemoryStream bytes, string text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, Encoding.UTF8.GetByteCount(text));
        bytes.Write(length);
        bytes.Write(Encoding.UTF8.GetBytes(text));
    }
}
