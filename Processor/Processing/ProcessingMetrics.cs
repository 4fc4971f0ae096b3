using System.Diagnostics.Metrics;

namespace Processor.Processing;

/// <summary>Where the time of a batch goes. docs/telemetry.md lists all instruments of this process.</summary>
internal sealed class ProcessingMetrics
{
    public const string MeterName = "Genesys.Processor";

    private readonly Histogram<double> _stage;
    private readonly Counter<long> _abandoned;

    public ProcessingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _stage = meter.CreateHistogram(
            "genesys.stage.duration",
            "s",
            "Time a batch spends in a stage: record, announce, settle (its deletes); of an effect, one message's.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets.Seconds }
        );
        _abandoned = meter.CreateCounter<long>(
            "genesys.drain.abandoned",
            "{message}",
            "Messages neither done nor given back when the process ended; more than 0 is a fault of ours."
        );
    }

    public void Stage(string stage, TimeSpan elapsed) =>
        _stage.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    public void Abandoned(long count) => _abandoned.Add(count);
}

/// <summary>Bucket boundaries of all durations: from a record on loopback to a retry after a quarter of an hour.</summary>
internal static class Buckets
{
    public static readonly IReadOnlyList<double> Seconds =
    [
        0.001,
        0.0025,
        0.005,
        0.01,
        0.025,
        0.05,
        0.1,
        0.25,
        0.5,
        1,
        2.5,
        5,
        10,
        30,
        60,
        300,
        900,
    ];
}
