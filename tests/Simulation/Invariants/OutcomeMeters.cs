using System.Diagnostics.Metrics;

namespace Simulation.Invariants;

/// <summary>The meters of one process, of which only the outcomes' reasons are read.</summary>
internal sealed class OutcomeMeters : IMeterFactory
{
    private const string Outcomes = "genesys.outcomes";
    private const string Reason = "reason";

    private readonly Dictionary<string, long> _byReason = [];
    private readonly MeterListener _listener = new();
    private Meter? _meter;

    public OutcomeMeters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == Outcomes && ReferenceEquals(instrument.Meter.Scope, this))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    if (tag is { Key: Reason, Value: string reason })
                    {
                        _byReason[reason] = _byReason.GetValueOrDefault(reason) + count;
                    }
                }
            }
        );
        _listener.Start();
    }

    public long For(string reason) => _byReason.GetValueOrDefault(reason);

    public Meter Create(MeterOptions options) => _meter ??= new Meter(new MeterOptions(options.Name) { Scope = this });

    public void Dispose()
    {
        _listener.Dispose();
        _meter?.Dispose();
    }
}
