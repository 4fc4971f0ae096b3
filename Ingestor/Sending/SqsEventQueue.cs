using System.Diagnostics;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Ingestor.Sending;

/// <summary>SendMessageBatch and all it may answer: 200 with failed entries, a no to the whole call, or nothing.</summary>
internal sealed partial class SqsEventQueue(
    IAmazonSQS sqs,
    IOptions<PipelineOptions> pipeline,
    IOptions<SendingOptions> options,
    IngestMetrics metrics,
    TimeProvider time,
    ILogger<SqsEventQueue> logger
) : IEventQueue
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    private string? _url;
    private string? _failure;

    public bool IsOpen => Volatile.Read(ref _url) is not null;

    public async Task OpenAsync(CancellationToken draining)
    {
        var nameOrUrl = pipeline.Value.EventsQueue;
        string? lastReason = null;
        while (!IsOpen)
        {
            try
            {
                var url = await FindAsync(nameOrUrl, draining);
                Volatile.Write(ref _url, url);
                Log.QueueFound(logger, url);
            }
            catch (Exception exception) when (AwsFaults.Classify(exception, draining) != AwsFault.None)
            {
                var reason = AwsFaults.ReasonOf(exception);
                if (reason != lastReason)
                {
                    lastReason = reason;
                    Log.QueueNotFound(logger, nameOrUrl, reason, LookAgainAfter);
                }

                await Task.Delay(LookAgainAfter, time, draining);
            }
        }
    }

    public async Task<QueueAnswer> SendAsync(IReadOnlyList<PendingEvent> events, CancellationToken aborting)
    {
        var request = new SendMessageBatchRequest(_url!, BatchEntries.Of(events));
        using var timeout = new CancellationTokenSource(options.Value.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborting);
        using var span = IngestTracing.StartSend(events, pipeline.Value.EventsQueue);
        var started = time.GetTimestamp();
        try
        {
            var response = await sqs.SendMessageBatchAsync(request, either.Token);
            metrics.QueueCalled(time.GetElapsedTime(started), error: null);
            Report(failure: null);
            return BatchEntries.Read(response, events.Count);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, aborting) is var fault and not AwsFault.None)
        {
            var reason = AwsFaults.ReasonOf(exception);
            metrics.QueueCalled(time.GetElapsedTime(started), reason);
            span?.SetStatus(ActivityStatusCode.Error, reason);
            if (fault == AwsFault.Refused && BatchEntries.IsAboutContent(exception))
            {
                return await SendOneByOneAsync(events, reason, aborting);
            }

            Report(reason);
            return new QueueAnswer.Unavailable(reason);
        }
    }

    /// <summary>An outage is worth a line when it begins, when it changes and when it ends; not one for each batch.</summary>
    private void Report(string? failure)
    {
        if (Interlocked.Exchange(ref _failure, failure) is var before && before == failure)
        {
            return;
        }

        if (failure is null)
        {
            Log.TakesEventsAgain(logger);
        }
        else
        {
            Log.TakesNoEvents(logger, failure);
        }
    }

    private async Task<string> FindAsync(string nameOrUrl, CancellationToken draining)
    {
        if (Uri.TryCreate(nameOrUrl, UriKind.Absolute, out _))
        {
            return nameOrUrl;
        }

        var response = await sqs.GetQueueUrlAsync(nameOrUrl, draining);
        return response.QueueUrl;
    }

    /// <summary>The call was refused for something in it. Alone, each event answers for itself only.</summary>
    private async Task<QueueAnswer> SendOneByOneAsync(
        IReadOnlyList<PendingEvent> events,
        string reason,
        CancellationToken aborting
    )
    {
        if (events.Count == 1)
        {
            return new QueueAnswer.Answered([BatchEntries.RefusedByQueue(reason)]);
        }

        var outcomes = new EventOutcome?[events.Count];
        for (var position = 0; position < events.Count; position++)
        {
            if (await SendAsync([events[position]], aborting) is QueueAnswer.Answered alone)
            {
                outcomes[position] = alone.Outcomes[0];
            }
        }

        return new QueueAnswer.Answered(outcomes);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "Events go to {QueueUrl}.")]
        public static partial void QueueFound(ILogger logger, string queueUrl);

        [LoggerMessage(
            EventId = 101,
            Level = LogLevel.Warning,
            Message = "Queue {Queue} cannot be found ({Reason}); events are answered 503 until it is there. It is looked for every {LookAgainAfter}."
        )]
        public static partial void QueueNotFound(ILogger logger, string queue, string reason, TimeSpan lookAgainAfter);

        [LoggerMessage(
            EventId = 102,
            Level = LogLevel.Warning,
            Message = "SQS does not take events ({Reason}); each is tried again while its sender waits, and then answered 503."
        )]
        public static partial void TakesNoEvents(ILogger logger, string reason);

        [LoggerMessage(EventId = 103, Level = LogLevel.Information, Message = "SQS takes events again.")]
        public static partial void TakesEventsAgain(ILogger logger);
    }
}
