using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SQS;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingestor.Tests.Sending;

/// <summary>SQS's end of the wire, answering as the test says: for what the emulator never does.</summary>
internal sealed class ScriptedSqs : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonNode> _requests = new();
    private readonly Func<JsonArray, CancellationToken, Task<SqsReply>> _reply;

    private ScriptedSqs(WebApplication app, Func<JsonArray, CancellationToken, Task<SqsReply>> reply)
    {
        (_app, _reply) = (app, reply);
        _app.Run(AnswerAsync);
    }

    public string QueueUrl => $"{_app.Urls.Single()}/000000000000/events";

    /// <summary>The entries of each call.</summary>
    public IReadOnlyList<JsonArray> Calls => [.. _requests.Select(request => request["Entries"]!.AsArray())];

    public static Task<ScriptedSqs> StartAsync(Func<JsonArray, SqsReply> reply) =>
        StartAsync((entries, _) => Task.FromResult(reply(entries)));

    public static async Task<ScriptedSqs> StartAsync(Func<JsonArray, CancellationToken, Task<SqsReply>> reply)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sqs = new ScriptedSqs(builder.Build(), reply);
        await sqs._app.StartAsync(TestContext.Current.CancellationToken);
        return sqs;
    }

    public AmazonSQSClient CreateClient() =>
        new(
            new BasicAWSCredentials("test", "test"),
            new AmazonSQSConfig
            {
                ServiceURL = _app.Urls.Single(),
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 0,
            }
        );

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = (await JsonNode.ParseAsync(context.Request.Body))!;
        _requests.Enqueue(request);
        var reply = await _reply(request["Entries"]!.AsArray(), context.RequestAborted);
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.WriteAsync(reply.Body, context.RequestAborted);
    }
}

internal sealed record SqsReply(int Status, string Body)
{
    /// <summary>Entries are taken unless they are named in one of the two lists of positions.</summary>
    public static SqsReply Taken(
        JsonArray entries,
        int[]? refused = null,
        int[]? failed = null,
        int[]? unmentioned = null
    )
    {
        var successful = new JsonArray();
        var notTaken = new JsonArray();
        for (var position = 0; position < entries.Count; position++)
        {
            var id = (string)entries[position]!["Id"]!;
            if (refused?.Contains(position) == true || failed?.Contains(position) == true)
            {
                notTaken.Add(
                    new JsonObject
                    {
                        ["Id"] = id,
                        ["SenderFault"] = refused?.Contains(position) == true,
                        ["Code"] = refused?.Contains(position) == true ? "InvalidMessageContents" : "InternalError",
                    }
                );
            }
            else if (unmentioned?.Contains(position) != true)
            {
                successful.Add(
                    new JsonObject
                    {
                        ["Id"] = id,
                        ["MessageId"] = "1",
                        ["MD5OfMessageBody"] = Md5((string)entries[position]!["MessageBody"]!),
                    }
                );
            }
        }

        return new SqsReply(200, new JsonObject { ["Successful"] = successful, ["Failed"] = notTaken }.ToJsonString());
    }

    public static SqsReply Refused(string shape, int status = 400) =>
        new(status, $$"""{"__type":"com.amazonaws.sqs#{{shape}}","message":"As {{shape}} says."}""");

#pragma warning disable CA5351 // SQS's own check sum, not a protection.
    private static string Md5(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));
#pragma warning restore CA5351
}
