using System.Globalization;
using Amazon.Runtime;
using Amazon.SQS.Model;

namespace Ingestor.Sending;

/// <summary>Events as the entries of one SendMessageBatch, and its answer as their outcomes.</summary>
internal static class BatchEntries
{
    // Entries are named by position: unlike anything an event carries, positions are always distinct and legal.
    private static readonly string[] Ids =
    [
        .. Enumerable.Range(0, QueueLimits.EntriesMax).Select(id => id.ToString(CultureInfo.InvariantCulture)),
    ];

    public static List<SendMessageBatchRequestEntry> Of(IReadOnlyList<PendingEvent> events)
    {
        var entries = new List<SendMessageBatchRequestEntry>(events.Count);
        for (var position = 0; position < events.Count; position++)
        {
            entries.Add(ToEntry(Ids[position], events[position]));
        }

        return entries;
    }

    /// <summary>Forwarded is only what SQS names as taken; what it does not mention at all is not taken.</summary>
    public static QueueAnswer.Answered Read(SendMessageBatchResponse response, int count)
    {
        var outcomes = new EventOutcome?[count];
        foreach (var taken in response.Successful ?? [])
        {
            if (TryPosition(taken.Id, count, out var position))
            {
                outcomes[position] = EventOutcome.Forwarded.Instance;
            }
        }

        foreach (var failed in response.Failed ?? [])
        {
            if (failed.SenderFault == true && TryPosition(failed.Id, count, out var position))
            {
                outcomes[position] = RefusedByQueue(failed.Code);
            }
        }

        return new QueueAnswer.Answered(outcomes);
    }

    public static EventOutcome RefusedByQueue(string code) =>
        new EventOutcome.Refused(RefusalReason.RefusedByQueue, $"SQS refused the event: {code}.");

    /// <summary>A no that something in the batch caused, rather than the queue's name, our rights or the service's state.</summary>
    public static bool IsAboutContent(Exception exception) =>
        exception is BatchRequestTooLongException or InvalidMessageContentsException
        || exception is AmazonServiceException { ErrorCode: "InvalidParameterValue" or "InvalidMessageContents" };

    private static SendMessageBatchRequestEntry ToEntry(string id, PendingEvent pending)
    {
        var entry = new SendMessageBatchRequestEntry(id, pending.Body);
        if (pending.TraceParent is { } traceParent)
        {
            entry.MessageAttributes = new Dictionary<string, MessageAttributeValue>(1)
            {
                [QueueLimits.TraceParentName] = new()
                {
                    DataType = QueueLimits.TraceParentType,
                    StringValue = traceParent,
                },
            };
        }

        return entry;
    }

    private static bool TryPosition(string id, int count, out int position) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out position) && position < count;
}
