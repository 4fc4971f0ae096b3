using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Ingestor.Tests.Hosting;

/// <summary>What the instruments of one host reported since this was made.</summary>
internal sealed class RecordedNumbers : IDisposable
{
    private readonly ConcurrentQueue<Measurement> _measurements = new();
    private readonly MeterListener _listener = new();

    public RecordedNumbers(IServiceProvider services)
    {
        // Other tests run other hosts in this process; a meter carries the factory that made it.
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == IngestMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<string> Names => _measurements.Select(measurement => measurement.Name).Distinct();

    public double Sum(string name) =>
        _measurements.Where(measurement => measurement.Name == name).Sum(measurement => measurement.Value);

    public double Sum(string name, string tag, string value) =>
        _measurements
            .Where(measurement => measurement.Name == name && Equals(measurement.Tags.GetValueOrDefault(tag), value))
            .Sum(measurement => measurement.Value);

    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measurements.Enqueue(
            new Measurement(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value))
        );

    private sealed record Measurement(string Name, double Value, Dictionary<string, object?> Tags);
}
