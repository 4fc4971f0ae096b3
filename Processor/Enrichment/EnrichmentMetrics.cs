using System.Diagnostics.Metrics;
using Processor.Processing;

namespace Processor.Enrichment;

internal sealed class EnrichmentMetrics
{
    private readonly Counter<long> _received;
    private readonly Counter<long> _conversations;
    private readonly Counter<long> _calls;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _age;

    public EnrichmentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ProcessingMetrics.MeterName);
        _received = meter.CreateCounter<long>(
            "genesys.enrichment.received",
            "{message}",
            "Enrichment messages received."
        );
        _conversations = meter.CreateCounter<long>(
            "genesys.enrichment.conversations",
            "{conversation}",
            "Conversations looked at, by what came of it."
        );
        _calls = meter.CreateCounter<long>("genesys.enrichment.calls", "{call}", "Calls for details, by outcome.");
        _batch = meter.CreateHistogram(
            "genesys.enrichment.batch",
            "{conversation}",
            "Conversations of one call.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100] }
        );
        _age = meter.CreateHistogram<double>(
            "genesys.enrichment.age",
            "s",
            "From the first message about a conversation to its summary.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [1, 5, 10, 30, 60, 300, 1200, 3600, 14400],
            }
        );
    }

    public void Received(int messages) => _received.Add(messages);

    public void Called(int conversations, string outcome)
    {
        _calls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _batch.Record(conversations);
    }

    public void Concluded(string result) => _conversations.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Summarised(TimeSpan age) => _age.Record(Math.Max(0, age.TotalSeconds));
}
