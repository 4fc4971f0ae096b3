using System.Diagnostics;
using System.Diagnostics.Metrics;
using Events.DeadLetters;
using Processor.Processing;

namespace Processor.Settlement;

internal sealed class SettlementMetrics
{
    /// <summary>By its name in the template, whatever a deployment calls it: one name on every page.</summary>
    private const string Destination = "genesys-events";

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _sentAgain;

    public SettlementMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ProcessingMetrics.MeterName);
        _duration = meter.CreateHistogram(
            "messaging.process.duration",
            "s",
            "From the receive of a message to its outcome.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets.Seconds }
        );
        _outcomes = meter.CreateCounter<long>(
            "genesys.outcomes",
            "{message}",
            "Messages by outcome, and by reason where there is one."
        );
        _deadLetters = meter.CreateCounter<long>(
            "genesys.dead_letters",
            "{message}",
            "Messages sent to the dead letters, by class."
        );
        _sentAgain = meter.CreateCounter<long>(
            "genesys.sent_again",
            "{message}",
            "Deferred messages sent again as a copy."
        );
    }

    public void Settled(Delivery delivery, Outcome outcome, TimeProvider time)
    {
        ProcessingTracing.Stop(delivery, outcome);
        var tags = new TagList
        {
            { "messaging.system", "aws_sqs" },
            { "messaging.operation.name", "process" },
            { "messaging.destination.name", Destination },
            { "outcome", outcome.Kind },
        };
        var reason = ReasonOf(outcome);
        if (outcome is not (Outcome.Recorded or Outcome.Deferred))
        {
            tags.Add("error.type", reason);
        }

        _duration.Record(time.GetElapsedTime(delivery.StartedTimestamp).TotalSeconds, tags);
        _outcomes.Add(1, new("outcome", outcome.Kind), new("reason", reason));
    }

    public void DeadLettered(FailureClass failureClass) =>
        _deadLetters.Add(1, new KeyValuePair<string, object?>("class", failureClass.Code));

    public void SentAgain() => _sentAgain.Add(1);

    /// <summary>Only the code: what stands behind the colon tells one message from another and has too many values for a tag.</summary>
    private static string? ReasonOf(Outcome outcome) =>
        outcome switch
        {
            Outcome.Deferred deferred => deferred.Reason,
            Outcome.Failed failed => failed.Reason,
            Outcome.Rejected rejected => rejected.Reason.Split(':', 2)[0],
            Outcome.Poison poison => poison.Reason.Split(':', 2)[0],
            _ => null,
        };
}
