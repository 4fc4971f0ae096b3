using System.Net;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;

namespace Testing;

/// <summary>A service behind the SDK's hook for connections: it answers what it was told, in order, and keeps what it was asked.</summary>
public sealed class CannedService : HttpClientFactory, IDisposable
{
    private readonly Handler _handler = new();

    public IReadOnlyList<SeenRequest> Requests => _handler.Seen;

    /// <summary>A client of the SDK that reaches nobody else. It asks once.</summary>
    public AmazonSQSClient CreateSqsClient() => new(Reaching(new AmazonSQSConfig(), "http://sqs.test"));

    /// <inheritdoc cref="CreateSqsClient"/>
    public AmazonDynamoDBClient CreateDynamoDbClient() =>
        new(Reaching(new AmazonDynamoDBConfig(), "http://dynamodb.test"));

    public void Answer(
        HttpStatusCode status,
        string body,
        DateTimeOffset? date = null,
        params (string Name, string Value)[] headers
    ) => _handler.Answers.Enqueue(_ => Task.FromResult(Response(status, body, date, headers)));

    /// <summary>The next calls, together, when the result is set.</summary>
    public TaskCompletionSource AnswerLater(HttpStatusCode status, string body, DateTimeOffset? date, int times)
    {
        var now = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var call = 0; call < times; call++)
        {
            _handler.Answers.Enqueue(async _ =>
            {
                await now.Task;
                return Response(status, body, date);
            });
        }

        return now;
    }

    public void Break() => _handler.Answers.Enqueue(_ => throw new HttpRequestException("The connection broke."));

    public void BeSilent() =>
        _handler.Answers.Enqueue(async cancellationToken =>
        {
            var never = new TaskCompletionSource<HttpResponseMessage>();
            return await never.Task.WaitAsync(cancellationToken);
        });

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private T Reaching<T>(T config, string url)
        where T : ClientConfig
    {
        config.ServiceURL = url;
        config.AuthenticationRegion = "us-east-1";
        config.DefaultAWSCredentials = new BasicAWSCredentials("test", "test");
        config.HttpClientFactory = this;
        config.MaxErrorRetry = 0;
        return config;
    }

    public void Dispose() => _handler.Dispose();

    private static HttpResponseMessage Response(
        HttpStatusCode status,
        string body,
        DateTimeOffset? date,
        params (string Name, string Value)[] headers
    )
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        response.Headers.Date = date;
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    public sealed record SeenRequest(string Url, IReadOnlyDictionary<string, string> Headers, string Body);

    private sealed class Handler : HttpMessageHandler
    {
        public Queue<Func<CancellationToken, Task<HttpResponseMessage>>> Answers { get; } = [];

        public List<SeenRequest> Seen { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var headers = request
                .Headers.Concat(request.Content!.Headers)
                .ToDictionary(
                    header => header.Key,
                    header => string.Join(' ', header.Value),
                    StringComparer.OrdinalIgnoreCase
                );
            var body = Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken));
            Seen.Add(new SeenRequest(request.RequestUri!.ToString(), headers, body));
            return await Answers.Dequeue()(cancellationToken);
        }
    }
}
