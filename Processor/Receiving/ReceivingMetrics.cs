using System.Diagnostics.Metrics;
using Processor.Processing;

namespace Processor.Receiving;

internal sealed class ReceivingMetrics
{
    private readonly Counter<long> _received;
    private readonly Histogram<double> _waited;
    private readonly Counter<long> _duplicatesInReceive;
    private readonly Counter<long> _extended;
    private readonly Counter<long> _lost;

    public ReceivingMetrics(IMeterFactory meters, InFlight inFlight, TimeProvider time)
    {
        var meter = meters.Create(ProcessingMetrics.MeterName);
        _received = meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages received.");
        _waited = meter.CreateHistogram(
            "genesys.queue.wait",
            "s",
            "From the send to the receive, by the queue's clock and ours; negative differences count as 0.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets.Seconds }
        );
        _duplicatesInReceive = meter.CreateCounter<long>(
            "genesys.receive.duplicates",
            "{message}",
            "Messages that one receive brought twice."
        );
        _extended = meter.CreateCounter<long>("genesys.heartbeat.extended", "{message}", "Visibilities extended.");
        _lost = meter.CreateCounter<long>(
            "genesys.heartbeat.lost",
            "{message}",
            "Messages whose receipt handle or claim was lost while they were worked on."
        );
        meter.CreateObservableGauge(
            "genesys.messages.in_flight",
            () => inFlight.Count,
            "{message}",
            "Messages under way in this process; slots that a receive holds while it waits do not count."
        );
        meter.CreateObservableGauge(
            "genesys.events.oldest_age",
            () => inFlight.OldestSentAt() is { } sentAt ? Math.Max(0, (time.GetUtcNow() - sentAt).TotalSeconds) : 0,
            "s",
            "Age of the oldest event under way in this process; 0 when there is none."
        );
    }

    public void Received(IReadOnlyList<Delivery> batch, DateTimeOffset now)
    {
        _received.Add(
            batch.Count,
            new KeyValuePair<string, object?>("messaging.system", "aws_sqs"),
            new KeyValuePair<string, object?>("messaging.operation.name", "receive")
        );
        foreach (var delivery in batch)
        {
            _waited.Record(Math.Max(0, (now - delivery.Message.SentAt).TotalSeconds));
        }
    }

    public void DuplicateInReceive() => _duplicatesInReceive.Add(1);

    public void Extended() => _extended.Add(1);

    public void Lost() => _lost.Add(1);
}
