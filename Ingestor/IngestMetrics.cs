using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ingestor.Sending;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Ingestor;

/// <summary>Every number the Ingestor reports; docs/ingestor.md says what each is for.</summary>
internal sealed class IngestMetrics : IDisposable
{
    public const string MeterName = "Genesys.Ingestor";

    private readonly Meter _meter;
    private readonly Counter<long> _sentMessages;
    private readonly Histogram<double> _operationDuration;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _filtered;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _ruleMatched;
    private readonly Counter<long> _ruleNotMatched;
    private readonly Counter<long> _queueRequests;
    private readonly Histogram<int> _batchSize;
    private readonly KeyValuePair<string, object?>[] _destination;

    public IngestMetrics(IMeterFactory meters, IOptions<PipelineOptions> pipeline)
    {
        _meter = meters.Create(MeterName);
        _destination =
        [
            new("messaging.system", "aws_sqs"),
            new("messaging.operation.name", "send"),
            new("messaging.destination.name", pipeline.Value.EventsQueue),
        ];
        _sentMessages = _meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages SQS took.");
        _operationDuration = _meter.CreateHistogram(
            "messaging.client.operation.duration",
            "s",
            "One SendMessageBatch.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
            }
        );
        _accepted = _meter.CreateCounter<long>(
            "genesys.ingest.accepted",
            "{event}",
            "Events acknowledged: SQS has them."
        );
        _filtered = _meter.CreateCounter<long>("genesys.ingest.filtered", "{event}", "Events that no rule wants.");
        _refused = _meter.CreateCounter<long>(
            "genesys.ingest.refused",
            "{event}",
            "Events not acknowledged, by reason; a request whose events could not be told apart counts as one."
        );
        _ruleMatched = _meter.CreateCounter<long>("genesys.ingest.rule.matched", "{event}", "Events a rule wants.");
        _ruleNotMatched = _meter.CreateCounter<long>(
            "genesys.ingest.rule.not_matched",
            "{event}",
            "Events a rule does not want."
        );
        _queueRequests = _meter.CreateCounter<long>(
            "genesys.ingest.sqs.requests",
            "{request}",
            "Calls of SendMessageBatch."
        );
        _batchSize = _meter.CreateHistogram(
            "genesys.ingest.batch.size",
            "{event}",
            "Events gathered into one batch.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }
        );
    }

    public void WatchBuffer(Func<int> held) =>
        _meter.CreateObservableUpDownCounter(
            "genesys.ingest.buffer.depth",
            held,
            "{event}",
            "Events let in that SQS has not confirmed yet."
        );

    public void WatchBodies(Func<long> bytes) =>
        _meter.CreateObservableUpDownCounter(
            "genesys.ingest.body.bytes",
            bytes,
            "By",
            "Memory that request bodies take."
        );

    public void BatchGathered(int events) => _batchSize.Record(events);

    public void QueueCalled(TimeSpan elapsed, string? error)
    {
        var tags = new TagList(_destination);
        if (error is null)
        {
            _queueRequests.Add(1);
        }
        else
        {
            var errorType = new KeyValuePair<string, object?>("error.type", error);
            _queueRequests.Add(1, errorType);
            tags.Add(errorType);
        }

        _operationDuration.Record(elapsed.TotalSeconds, tags);
    }

    public void RuleApplied(string rule, bool matched) =>
        (matched ? _ruleMatched : _ruleNotMatched).Add(1, new KeyValuePair<string, object?>("genesys.rule", rule));

    /// <summary>A request is over; what became of each of its events.</summary>
    public void Settled(Submission submission)
    {
        var accepted = 0;
        var filtered = 0;
        foreach (var pending in submission.Events)
        {
            switch (pending.Outcome)
            {
                case EventOutcome.Forwarded:
                    accepted++;
                    break;
                case EventOutcome.Filtered:
                    filtered++;
                    break;
                case EventOutcome.Refused refused:
                    Refused(refused.Reason);
                    break;
                case EventOutcome.Throttled:
                    Refused(RefusalReason.Overloaded);
                    break;
                default:
                    Refused(RefusalReason.Unavailable);
                    break;
            }
        }

        if (accepted > 0)
        {
            _accepted.Add(accepted);
            _sentMessages.Add(accepted, _destination);
        }

        if (filtered > 0)
        {
            _filtered.Add(filtered);
        }
    }

    public void Refused(RefusalReason reason) =>
        _refused.Add(1, new KeyValuePair<string, object?>("genesys.reason", ReasonNames[(int)reason]));

    public void Dispose() => _meter.Dispose();

    // As the other tags are written: small letters and underscores.
    private static readonly string[] ReasonNames =
    [
        .. Enum.GetNames<RefusalReason>().Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName),
    ];
}
