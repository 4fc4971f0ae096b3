using System.Collections.Concurrent;
using Amazon.Runtime;

namespace Processor.Tests.Emulated;

/// <summary>Between the clients of a pipeline and the emulators: what was asked, by operation, whatever the pipeline itself counts.</summary>
internal sealed class AskedRequests : HttpClientFactory, IDisposable
{
    private readonly CountingHandler _handler = new();

    public IReadOnlyDictionary<string, int> ByOperation => _handler.ByOperation;

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(_handler, disposeHandler: false);

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _handler.Dispose();

    private sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public ConcurrentDictionary<string, int> ByOperation { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1];
            ByOperation.AddOrUpdate(operation, 1, (_, count) => count + 1);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
