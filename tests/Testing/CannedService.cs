using System.Net;
using System.Text;
using Amazon.Runtime;

namespace Testing;

/// <summary>A service behind the SDK's hook for connections: it answers what it was told, in order, and keeps what it was asked.</summary>
public sealed class CannedService : HttpClientFactory, IDisposable
{
    private readonly Handler _handler = new();

    public IReadOnlyList<SeenRequest> Requests => _handler.Seen;

    public void Answer(HttpStatusCode status, string body, DateTimeOffset? date = null) =>
        _handler.Answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
            response.Headers.Date = date;
            return Task.FromResult(response);
        });

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

    public void Dispose() => _handler.Dispose();

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
