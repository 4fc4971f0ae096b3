using Operations.Tests.Emulated;

namespace Operations.Tests.Http;

/// <summary>One server for all tests that change nothing.</summary>
public sealed class SharedServer(EmulatedAws aws) : IAsyncDisposable
{
    private readonly Lazy<Task<(EmulatedPipeline Pipeline, OperationsServer Server)>> _server = new(() =>
        StartAsync(aws)
    );

    internal async Task<OperationsServer> ServerAsync() => (await _server.Value).Server;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            var (pipeline, server) = await _server.Value;
            await server.DisposeAsync();
            pipeline.Dispose();
        }
    }

    private static async Task<(EmulatedPipeline, OperationsServer)> StartAsync(EmulatedAws aws)
    {
        var pipeline = await aws.NewPipelineAsync(CancellationToken.None);
        return (pipeline, new OperationsServer(pipeline));
    }
}
