using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Processor.Processing;
using ServiceDefaults;

namespace Processor.Receiving;

/// <summary>
/// One queue of SQS as its reader sees it. Two clients: twenty seconds of polling must not keep a delete from its connection.
/// </summary>
internal sealed class SqsEventQueue(
    IAmazonSQS sqs,
    IAmazonSQS polling,
    Func<CancellationToken, ValueTask<string>> url,
    TimeSpan waitTime,
    TimeSpan visibilityTimeout,
    Ledger ledger
) : IEventQueue
{
    private static readonly List<string> SystemAttributes =
    [
        MessageSystemAttributeName.ApproximateReceiveCount,
        MessageSystemAttributeName.SentTimestamp,
        MessageSystemAttributeName.MessageGroupId,
        MessageSystemAttributeName.AWSTraceHeader,
    ];

    private static readonly List<string> AllMessageAttributes = ["All"];

    public async Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken)
    {
        try
        {
            var response = await polling.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = await url(cancellationToken),
                    MaxNumberOfMessages = max,
                    WaitTimeSeconds = (int)waitTime.TotalSeconds,
                    VisibilityTimeout = (int)Math.Ceiling(visibilityTimeout.TotalSeconds),
                    MessageSystemAttributeNames = SystemAttributes,
                    MessageAttributeNames = AllMessageAttributes,
                },
                cancellationToken
            );

            var received = response.Messages?.ConvertAll(Read) ?? [];
            ledger.Sqs("ReceiveMessage", received.Sum(message => message.Body.Length));
            return new ReceiveAnswer.Messages(received);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            ledger.Sqs("ReceiveMessage");
            return new ReceiveAnswer.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }

    public async Task<DeleteAnswer[]> DeleteAsync(
        IReadOnlyList<ReceivedMessage> messages,
        CancellationToken cancellationToken
    )
    {
        var answers = new DeleteAnswer[messages.Count];
        Array.Fill(answers, DeleteAnswer.Unavailable);
        try
        {
            var entries = new List<DeleteMessageBatchRequestEntry>(messages.Count);
            for (var index = 0; index < messages.Count; index++)
            {
                entries.Add(new DeleteMessageBatchRequestEntry(BatchIds.Of(index), messages[index].ReceiptHandle));
            }

            var response = await sqs.DeleteMessageBatchAsync(
                new DeleteMessageBatchRequest(await url(cancellationToken), entries),
                cancellationToken
            );

            foreach (var entry in response.Successful ?? [])
            {
                answers[BatchIds.PositionOf(entry.Id)] = DeleteAnswer.Deleted;
            }

            foreach (var entry in (response.Failed ?? []).Where(entry => entry.SenderFault == true))
            {
                answers[BatchIds.PositionOf(entry.Id)] = DeleteAnswer.Refused;
            }
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            // Nothing is known of any of them: all count as not deleted.
        }

        ledger.Sqs("DeleteMessageBatch");
        return answers;
    }

    public async Task<VisibilityAnswer[]> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes,
        CancellationToken cancellationToken
    )
    {
        var answers = new VisibilityAnswer[changes.Count];
        Array.Fill(answers, VisibilityAnswer.Unavailable);
        try
        {
            var entries = new List<ChangeMessageVisibilityBatchRequestEntry>(changes.Count);
            for (var index = 0; index < changes.Count; index++)
            {
                entries.Add(
                    new ChangeMessageVisibilityBatchRequestEntry(
                        BatchIds.Of(index),
                        changes[index].Message.ReceiptHandle
                    )
                    {
                        VisibilityTimeout = (int)Math.Ceiling(changes[index].Hidden.TotalSeconds),
                    }
                );
            }

            var response = await sqs.ChangeMessageVisibilityBatchAsync(
                new ChangeMessageVisibilityBatchRequest(await url(cancellationToken), entries),
                cancellationToken
            );

            foreach (var entry in response.Successful ?? [])
            {
                answers[BatchIds.PositionOf(entry.Id)] = VisibilityAnswer.Changed;
            }

            foreach (var entry in response.Failed ?? [])
            {
                // The sender's fault can only be the handle: it expired, or the message is gone.
                answers[BatchIds.PositionOf(entry.Id)] =
                    entry.SenderFault == true ? VisibilityAnswer.Lost : VisibilityAnswer.Unavailable;
            }
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            // Unavailable, all of them.
        }

        ledger.Sqs("ChangeMessageVisibilityBatch");
        return answers;
    }

    public async Task<bool> SendAgainAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        TimeSpan delay,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await sqs.SendMessageAsync(
                new SendMessageRequest(await url(cancellationToken), body)
                {
                    DelaySeconds = (int)Math.Ceiling(delay.TotalSeconds),
                    MessageAttributes = SqsAttributes.Of(attributes),
                },
                cancellationToken
            );
            return true;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return false;
        }
        finally
        {
            ledger.Sqs("SendMessage", body.Length);
        }
    }

    private static ReceivedMessage Read(Message message) =>
        new(
            message.MessageId,
            message.ReceiptHandle,
            message.Body,
            int.Parse(
                SystemAttribute(message, MessageSystemAttributeName.ApproximateReceiveCount) ?? "1",
                CultureInfo.InvariantCulture
            ),
            DateTimeOffset.FromUnixTimeMilliseconds(
                long.Parse(
                    SystemAttribute(message, MessageSystemAttributeName.SentTimestamp) ?? "0",
                    CultureInfo.InvariantCulture
                )
            )
        )
        {
            Attributes = SqsAttributes.Read(message.MessageAttributes),
            MessageGroupId = SystemAttribute(message, MessageSystemAttributeName.MessageGroupId),
            TraceHeader = SystemAttribute(message, MessageSystemAttributeName.AWSTraceHeader),
        };

    private static string? SystemAttribute(Message message, string name) => message.Attributes?.GetValueOrDefault(name);
}
