using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bench.Endpoints;

/// <summary>
/// SQS and DynamoDB that answer from memory at once, for the few operations of a Processor: with them one sees the program and not the
/// emulators. It forgets bodies that are deleted and keeps of an item only its key.
/// </summary>
internal sealed class MemoryAws : IMeasuredAws
{
    /// <summary>A long poll of an empty queue ends sooner than at SQS: nothing more will come.</summary>
    private static readonly TimeSpan EmptyWait = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _visible = new();
    private readonly ConcurrentDictionary<string, byte> _items = new();
    private int _loaded;
    private int _deadLetters;

    private MemoryAws(WebApplication app)
    {
        _app = app;
        _app.Run(AnswerAsync);
    }

    public RequestCounts Counts { get; } = new();

    public IReadOnlyDictionary<string, string> Environment => Names.On(new Uri(Url), new Uri(Url));

    private string Url => _app.Urls.Single();

    public static async Task<MemoryAws> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var aws = new MemoryAws(builder.Build());
        await aws._app.StartAsync();
        return aws;
    }

    public Task LoadAsync(IReadOnlyList<string> bodies)
    {
        foreach (var body in bodies)
        {
            _visible.Enqueue(MessageJson.Of(_loaded++, body));
        }

        return Task.CompletedTask;
    }

    public Task<int> RecordedAsync() => Task.FromResult(_items.Count);

    public Task<int> LeftAsync() => Task.FromResult(_loaded - Counts.Deleted);

    public Task<int> DeadLettersAsync() => Task.FromResult(Volatile.Read(ref _deadLetters));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var operation = target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..];
        using var request = await JsonDocument.ParseAsync(context.Request.Body);
        Counts.Add(operation);
        if (RequestCounts.AreIn(operation))
        {
            Counts.AddBody(operation, request.RootElement);
        }

        var answer = operation switch
        {
            "GetQueueUrl" => QueueUrl(request.RootElement),
            "ReceiveMessage" => await ReceiveAsync(request.RootElement, context.RequestAborted),
            "DeleteMessageBatch" or "ChangeMessageVisibilityBatch" => Successful(request.RootElement),
            "SendMessage" => Send(request.RootElement),
            "BatchWriteItem" => Write(request.RootElement),
            "UpdateItem" => FirstAttempt(),
            _ => throw new InvalidOperationException($"{operation} is not offered."),
        };
        context.Response.ContentType = "application/x-amz-json-1.0";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }

    private byte[] QueueUrl(JsonElement request) =>
        Json(new { QueueUrl = $"{Url}/000000000000/{request.GetProperty("QueueName").GetString()}" });

    private async Task<byte[]> ReceiveAsync(JsonElement request, CancellationToken aborted)
    {
        if (_visible.IsEmpty)
        {
            await Task.Delay(EmptyWait, TimeProvider.System, aborted);
        }

        var max = request.GetProperty("MaxNumberOfMessages").GetInt32();
        using var bytes = new MemoryStream();
        bytes.Write("{\"Messages\":["u8);
        for (var taken = 0; taken < max && _visible.TryDequeue(out var message); taken++)
        {
            if (taken > 0)
            {
                bytes.WriteByte((byte)',');
            }

            bytes.Write(message);
        }

        bytes.Write("]}"u8);
        return bytes.ToArray();
    }

    private byte[] Send(JsonElement request)
    {
        if (request.GetProperty("QueueUrl").GetString()!.EndsWith(Names.DeadLetterQueue, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _deadLetters);
        }

        return MessageJson.Sent(request.GetProperty("MessageBody").GetString()!);
    }

    private byte[] Write(JsonElement request)
    {
        foreach (var table in request.GetProperty("RequestItems").EnumerateObject())
        {
            foreach (var write in table.Value.EnumerateArray())
            {
                var item = write.GetProperty("PutRequest").GetProperty("Item");
                _items[$"{Text(item, "subject")} {Text(item, "event")}"] = 0;
            }
        }

        var units = DynamoDbUnits.Of("BatchWriteItem", request);
        return Json(
            new
            {
                UnprocessedItems = new { },
                ConsumedCapacity = new[] { new { TableName = Names.EventsTable, CapacityUnits = units } },
            }
        );
    }

    private static string Text(JsonElement item, string attribute) =>
        item.GetProperty(attribute).GetProperty("S").GetString()!;

    /// <summary>The record of a message that failed for the first time.</summary>
    private static byte[] FirstAttempt()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return Json(
            new
            {
                Attributes = new Dictionary<string, object>
                {
                    ["poisonAttempts"] = new { N = "1" },
                    ["firstFailedAt"] = new { N = now },
                    ["lastFailedAt"] = new { N = now },
                },
            }
        );
    }

    private static byte[] Successful(JsonElement request) =>
        Json(
            new
            {
                Successful = request
                    .GetProperty("Entries")
                    .EnumerateArray()
                    .Select(entry => new { Id = entry.GetProperty("Id").GetString() })
                    .ToArray(),
                Failed = Array.Empty<object>(),
            }
        );

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value);
}
