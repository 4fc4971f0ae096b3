using System.Diagnostics.Metrics;
using Events;
using Processor.Processing;

namespace Processor.Recording;

internal sealed class RecordingMetrics
{
    private readonly Counter<long> _recorded;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _variants;
    private readonly Counter<long> _drift;
    private readonly Counter<long> _unprocessed;

    public RecordingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ProcessingMetrics.MeterName);
        _recorded = meter.CreateCounter<long>("genesys.events.recorded", "{event}", "Events written to the table.");
        _lag = meter.CreateHistogram(
            "genesys.events.lag",
            "s",
            "From the publish by Genesys to the record; negative differences of clocks count as 0.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets.Seconds }
        );
        _duplicates = meter.CreateCounter<long>(
            "genesys.events.duplicates",
            "{event}",
            "Deliveries of an event that this process had recorded already: they cost no write."
        );
        _variants = meter.CreateCounter<long>(
            "genesys.events.variants",
            "{event}",
            "Events with the natural key of another and a different body, among those this process remembers; both are kept."
        );
        _drift = meter.CreateCounter<long>(
            "genesys.events.schema_drift",
            "{event}",
            "Recorded events of a topic that is not known."
        );
        _unprocessed = meter.CreateCounter<long>(
            "genesys.record.unprocessed",
            "{item}",
            "Items the table had no capacity for in a first answer."
        );
    }

    public void Recorded(GenesysEvent genesysEvent, DateTimeOffset now)
    {
        _recorded.Add(1);
        _lag.Record(Math.Max(0, (now - genesysEvent.PublishedAt).TotalSeconds));
        if (!genesysEvent.Topic.IsKnown)
        {
            _drift.Add(1);
        }
    }

    public void Duplicate() => _duplicates.Add(1);

    public void Variant() => _variants.Add(1);

    public void Unprocessed(int count) => _unprocessed.Add(count);
}
