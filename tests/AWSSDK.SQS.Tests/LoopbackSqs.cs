using System.Collections.Concurrent;
using System.Text;
using Amazon.Runtime;
using Amazon.SQS;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AWSSDK.SQS.Tests;

/// <summary>Keeps what it was asked and gives the answers it was told to, in order; the last one again and again.</summary>
internal sealed class LoopbackSqs : IAsyncDisposable
{
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "a-secret-that-stays-at-home";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly Answer[] _answers;
    private int _answered = -1;

    private LoopbackSqs(WebApplication app, Answer[] answers)
    {
        _app = app;
        _answers = answers;
        _app.Run(AnswerAsync);
    }

    public string Url => _app.Urls.Single();

    public RecordedRequest[] Requests => [.. _requests];

    public static async Task<LoopbackSqs> StartAsync(params Answer[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new LoopbackSqs(builder.Build(), answers);
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    public AmazonSQSClient CreateClient(int retries = 0) =>
        new(
            new BasicAWSCredentials(AccessKey, SecretKey),
            new AmazonSQSConfig
            {
                ServiceURL = Url,
                AuthenticationRegion = "eu-central-1",
                MaxErrorRetry = retries,
            }
        );

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _requests.Enqueue(
            new RecordedRequest(
                context.Request.Method,
                context.Request.Path,
                context.Request.Headers.ToDictionary(
                    header => header.Key,
                    header => header.Value.ToString(),
                    StringComparer.OrdinalIgnoreCase
                ),
                body
            )
        );

        var answer = _answers[Math.Min(Interlocked.Increment(ref _answered), _answers.Length - 1)];
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.Headers["x-amzn-RequestId"] = "11111111-2222-3333-4444-555555555555";
        if (answer.QueryError is not null)
        {
            context.Response.Headers["x-amzn-query-error"] = answer.QueryError;
        }

        var bytes = Encoding.UTF8.GetBytes(answer.Body);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}

internal sealed record RecordedRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body
);

internal sealed record Answer(int Status, string Body)
{
    public string ContentType { get; init; } = "application/x-amz-json-1.0";

    public string? QueryError { get; init; }

    public static Answer Ok(string body = "{}") => new(200, body);

    public static Answer Error(string shape, string? queryError = null, int status = 400) =>
        new(status, $$"""{"__type":"com.amazonaws.sqs#{{shape}}","message":"As {{shape}} says."}""")
        {
            QueryError = queryError,
        };
}
