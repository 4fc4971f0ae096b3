using System.Diagnostics.Metrics;

namespace Processor.Testing.Watching;

/// <summary>Meters that nobody listens to: a measurement costs next to nothing, and thousands of processes may have theirs.</summary>
internal sealed class SilentMeters : IMeterFactory
{
    private Meter? _meter;

    public Meter Create(MeterOptions options) => _meter ??= new Meter(new MeterOptions(options.Name) { Scope = this });

    public void Dispose() => _meter?.Dispose();
}
