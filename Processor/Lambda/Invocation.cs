using System.Globalization;
using System.Text.Json;
using Processor.Receiving;

namespace Processor.Lambda;

/// <summary>
/// One batch that Lambda gave us, and its answer. All messages count as failed until each is known to be done, so that no deadline
/// and no exception can make Lambda delete what is not recorded.
/// </summary>
internal sealed class Invocation
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _failed;
    private readonly Dictionary<string, TaskCompletionSource> _open;
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Invocation(IReadOnlyList<ReceivedMessage> messages)
    {
        Messages = messages;
        _failed = [.. messages.Select(message => message.MessageId)];
        _open = _failed.ToDictionary(
            messageId => messageId,
            _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            StringComparer.Ordinal
        );
        if (_open.Count == 0)
        {
            _settled.SetResult();
        }
    }

    /// <summary>Each id once; of two copies in one batch the later, whose handle is the newer.</summary>
    public IReadOnlyList<ReceivedMessage> Messages { get; }

    public bool IsFifo { get; private init; }

    /// <summary>Ends when each message has an outcome.</summary>
    public Task Settled => _settled.Task;

    /// <returns>Null when the event is not what an SQS event source sends.</returns>
    public static Invocation? Read(byte[] eventJson)
    {
        SqsEvent? sqsEvent;
        try
        {
            sqsEvent = JsonSerializer.Deserialize(eventJson, LambdaJson.Default.SqsEvent);
        }
        catch (JsonException)
        {
            return null;
        }

        if (
            sqsEvent?.Records is not { } records
            || records.Any(record => record?.MessageId is null || record.Body is null)
        )
        {
            return null;
        }

        var messages = records
            .Select(record => Read(record!))
            .GroupBy(message => message.MessageId, StringComparer.Ordinal)
            .Select(copies => copies.Last());
        return new Invocation([.. messages])
        {
            IsFifo = records.Any(record => record!.EventSourceArn?.EndsWith(".fifo", StringComparison.Ordinal) == true),
        };
    }

    /// <summary>Ends when this message has an outcome.</summary>
    public Task SettledAsync(string messageId)
    {
        lock (_gate)
        {
            return _open.TryGetValue(messageId, out var open) ? open.Task : Task.CompletedTask;
        }
    }

    /// <summary>It is recorded and may be deleted.</summary>
    public void Succeed(string messageId) => Settle(messageId, failed: false);

    /// <summary>It comes back.</summary>
    public void Fail(string messageId) => Settle(messageId, failed: true);

    public bool HasFailed(string messageId)
    {
        lock (_gate)
        {
            return _failed.Contains(messageId);
        }
    }

    public byte[] Answer()
    {
        lock (_gate)
        {
            return JsonSerializer.SerializeToUtf8Bytes(
                new BatchResponse([.. _failed.Select(messageId => new BatchItemFailure(messageId))]),
                LambdaJson.Default.BatchResponse
            );
        }
    }

    private void Settle(string messageId, bool failed)
    {
        lock (_gate)
        {
            if (!_open.Remove(messageId, out var open))
            {
                return;
            }

            if (!failed)
            {
                _failed.Remove(messageId);
            }

            open.TrySetResult();
            if (_open.Count == 0)
            {
                _settled.TrySetResult();
            }
        }
    }

    private static ReceivedMessage Read(SqsRecord record) =>
        new(
            record.MessageId!,
            record.ReceiptHandle ?? string.Empty,
            record.Body!,
            (int)Number(record, "ApproximateReceiveCount", 1),
            DateTimeOffset.FromUnixTimeMilliseconds(Number(record, "SentTimestamp", 0))
        )
        {
            Attributes =
                record
                    .MessageAttributes?.Where(attribute => attribute.Value.StringValue is not null)
                    .ToDictionary(
                        attribute => attribute.Key,
                        attribute => attribute.Value.StringValue!,
                        StringComparer.Ordinal
                    )
                ?? [],
            MessageGroupId = record.Attributes?.GetValueOrDefault("MessageGroupId"),
            TraceHeader = record.Attributes?.GetValueOrDefault("AWSTraceHeader"),
        };

    private static long Number(SqsRecord record, string name, long fallback) =>
        long.TryParse(
            record.Attributes?.GetValueOrDefault(name),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : fallback;
}
