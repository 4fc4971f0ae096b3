using Operations.Tests.Emulated;
using Testing;

[assembly: AssemblyFixture(typeof(EmulatedAws))]

namespace Operations.Tests.Emulated;

/// <summary>The emulators, started once for all tests when the first needs them; whoever uses them makes queues and tables of his own.</summary>
public sealed class EmulatedAws : IAsyncDisposable
{
    private readonly Lazy<Task<Emulators>> _emulators = new(() => Emulators.StartAsync(CancellationToken.None));
    private int _pipelines;

    internal async Task<EmulatedPipeline> NewPipelineAsync(CancellationToken cancellationToken)
    {
        var emulators = await _emulators.Value;
        var pipeline = new EmulatedPipeline(emulators, $"ops{Interlocked.Increment(ref _pipelines)}");
        await pipeline.CreateAsync(cancellationToken);
        return pipeline;
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulators.IsValueCreated)
        {
            await (await _emulators.Value).DisposeAsync();
        }
    }
}
