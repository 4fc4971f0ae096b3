using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Processor.Processing;
using ServiceDefaults;
using ServiceDefaults.Wire;

namespace Processor.Receiving;

/// <summary>
/// One queue of SQS as its reader sees it. What comes with every batch goes straight onto the wire, the rest through the SDK. Two
/// clients: a receive may wait for twenty seconds, all else must answer sooner.
/// </summary>
internal sealed class SqsEventQueue(
    IAmazonSQS sqs,
    IAmazonSQS polling,
    Func<CancellationToken, ValueTask<string>> url,
    TimeSpan waitTime,
    TimeSpan visibilityTimeout,
    Ledger ledger,
    TimeProvider time
) : IEventQueue
{
    private const string TargetPrefix = "AmazonSQS";

    private readonly AwsWire _polls = new(polling.Config, TargetPrefix, new ReceiveMessageRequest(), time);
    private readonly AwsWire _deletes = new(sqs.Config, TargetPrefix, new DeleteMessageBatchRequest(), time);

    public async Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new PooledBuffer();
            ReceiveMessageJson.Write(request, await url(cancellationToken), max, waitTime, visibilityTimeout);
            using var answer = await _polls.CallAsync(ReceiveMessageJson.Operation, request.Written, cancellationToken);

            var received = ReceiveMessageJson.Read(answer.Written.Span);
            ledger.Sqs(
                ReceiveMessageJson.Operation,
                received.Sum(message => message.Utf8Body.Length + SqsAttributes.BytesOf(message.Attributes))
            );
            return new ReceiveAnswer.Messages(received);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            ledger.Sqs(ReceiveMessageJson.Operation);
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
            using var request = new PooledBuffer();
            DeleteMessageBatchJson.Write(request, await url(cancellationToken), messages);
            using var answer = await _deletes.CallAsync(
                DeleteMessageBatchJson.Operation,
                request.Written,
                cancellationToken
            );

            DeleteMessageBatchJson.Read(answer.Written, answers);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            // Nothing is known of any of them: all count as not deleted.
        }

        ledger.Sqs(DeleteMessageBatchJson.Operation);
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
            ledger.Sqs("SendMessage", Encoding.UTF8.GetByteCount(body) + SqsAttributes.BytesOf(attributes));
        }
    }
}
