using System.Diagnostics;
using GenesysMock.Traffic;
using Microsoft.Extensions.Options;

namespace GenesysMock.Publishing;

/// <summary>Sends a batch until all of it is accepted or refused for good. Nothing is dropped because it is inconvenient.</summary>
internal sealed partial class Publisher(
    IngestorClient ingestor,
    TimeProvider time,
    Random random,
    IOptions<PublishingOptions> options,
    MockMetrics metrics,
    ILogger<Publisher> logger
)
{
    private static readonly ActivitySource Source = new("Genesys.Mock");

    private readonly RetryPause _pause = new(options.Value.RetryDelayMin, options.Value.RetryDelayMax, random);

    public async Task PublishAsync(IReadOnlyList<Delivery> batch, RunLedger ledger, CancellationToken cancellationToken)
    {
        using var span = Source.StartActivity("publish events", ActivityKind.Producer);
        span?.SetTag("messaging.batch.message_count", batch.Count);
        ledger.Publishing(batch, time.GetUtcNow());

        var rest = batch;
        for (var attempt = 1; rest.Count > 0; attempt++)
        {
            var outcome = await ingestor.PostAsync(rest, cancellationToken);
            rest = Settle(rest, outcome, ledger);
            if (rest.Count > 0)
            {
                var pause = _pause.Next(attempt, (outcome as PublishOutcome.Answered)?.RetryAfter);
                var reason = ReasonOf(outcome);
                ledger.Retrying(reason);
                metrics.SentAgain(rest.Count);
                Log.BatchSentAgain(logger, rest.Count, pause, attempt, reason);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    /// <summary>What has to be sent again.</summary>
    private IReadOnlyList<Delivery> Settle(IReadOnlyList<Delivery> batch, PublishOutcome outcome, RunLedger ledger)
    {
        if (outcome is not PublishOutcome.Answered answered)
        {
            foreach (var delivery in outcome is PublishOutcome.Unanswered { HasLeft: true } ? batch : [])
            {
                ledger.InDoubt(delivery);
            }

            return batch;
        }

        var rest = new List<Delivery>();
        foreach (var (delivery, status) in batch.Zip(answered.Statuses))
        {
            switch (status)
            {
                case >= 200 and < 300:
                    ledger.Accepted(delivery, time.GetUtcNow());
                    metrics.Accepted(delivery.Copy);
                    break;
                case StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests:
                    rest.Add(delivery);
                    break;
                case >= 500:
                    // The ingestor got no answer either, and its queue may have the event.
                    ledger.InDoubt(delivery);
                    rest.Add(delivery);
                    break;
                default:
                    ledger.Refused(status);
                    metrics.Refused();
                    Log.DeliveryRefused(logger, delivery.EnvelopeId, status);
                    break;
            }
        }

        return rest;
    }

    private static string ReasonOf(PublishOutcome outcome) =>
        outcome switch
        {
            PublishOutcome.Answered answered => $"answered with {answered.Statuses.Max()}",
            PublishOutcome.Unanswered unanswered => unanswered.Reason,
            _ => throw new UnreachableException($"{outcome}"),
        };

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 400,
            Level = LogLevel.Debug,
            Message = "{Count} deliveries are sent again in {Pause}, after attempt {Attempt}: {Reason}."
        )]
        public static partial void BatchSentAgain(
            ILogger logger,
            int count,
            TimeSpan pause,
            int attempt,
            string reason
        );

        [LoggerMessage(
            EventId = 401,
            Level = LogLevel.Warning,
            Message = "The ingestor refused envelope {EnvelopeId} for good, with {Status}."
        )]
        public static partial void DeliveryRefused(ILogger logger, string envelopeId, int status);
    }
}
