using Operations.Tests.Browsing;
using Operations.Tests.Emulated;
using Testing;

[assembly: AssemblyFixture(typeof(EmulatedAws))]

namespace Operations.Tests.Emulated;

/// <summary>The emulators, and one Operations on them, started once for all tests when the first needs them; whoever uses them makes queues and tables of his own.</summary>
public sealed class EmulatedAws : IAsyncDisposable
{
    private readonly Lazy<Task<Emulators>> _emulators = new(() => Emulators.StartAsync(CancellationToken.None));
    private int _pipelines;
    private SharedSite? _site;

    /// <summary>Started when the first test needs it, like the emulators that it stands on.</summary>
    internal SharedSite Site => LazyInitializer.EnsureInitialized(ref _site, () => new SharedSite(this))!;

    internal async Task<EmulatedPipeline> NewPipelineAsync(CancellationToken cancellationToken)
    {
        var emulators = await _emulators.Value;
        var pipeline = new EmulatedPipeline(emulators, $"ops{Interlocked.Increment(ref _pipelines)}");
        await pipeline.CreateAsync(cancellationToken);
        return pipeline;
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }

        if (_emulators.IsValueCreated)
        {
            await (await _emulators.Value).DisposeAsync();
        }
    }
}
