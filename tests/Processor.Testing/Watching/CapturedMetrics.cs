using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Processor.Testing.Watching;

/// <summary>The meters of one process, and what was measured with them.</summary>
internal sealed class CapturedMetrics : IMeterFactory
{
    private readonly ConcurrentQueue<Measured> _measured = [];
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Meter> _meters = [];

    public CapturedMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Measured> All => [.. _measured];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(new MeterOptions(options.Name) { Scope = this });
        _meters.Enqueue(meter);
        return meter;
    }

    /// <summary>The sum of what an instrument measured, where all the tags given are as said.</summary>
    public double Sum(string instrument, params (string Name, object? Value)[] tags) =>
        Of(instrument, tags).Sum(measured => measured.Value);

    public int Count(string instrument, params (string Name, object? Value)[] tags) => Of(instrument, tags).Count();

    /// <summary>What an observable instrument says now.</summary>
    public double Observe(string instrument)
    {
        _listener.RecordObservableInstruments();
        return All.Last(measured => measured.Instrument == instrument).Value;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }
    }

    private IEnumerable<Measured> Of(string instrument, (string Name, object? Value)[] tags) =>
        _measured.Where(measured =>
            measured.Instrument == instrument
            && Array.TrueForAll(tags, tag => Equals(measured.Tags.GetValueOrDefault(tag.Name), tag.Value))
        );

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue(new Measured(instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
}

internal sealed record Measured(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);
