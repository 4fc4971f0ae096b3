using System.Text;
using Amazon.SQS;
using Processor.Processing;
using ServiceDefaults;
using ServiceDefaults.Wire;

namespace Processor.Receiving;

/// <summary>
/// One queue of SQS as its reader sees it. Two clients: a receive may wait for twenty seconds, all else must answer sooner.
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
    private readonly AwsWire _polls = AwsWire.Of(polling, time);
    private readonly AwsWire _calls = AwsWire.Of(sqs, time);

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
            using var answer = await _calls.CallAsync(
                DeleteMessageBatchJson.Operation,
                request.Written,
                cancellationToken
            );

            BatchJson.Read(answer.Written, answers, DeleteAnswer.Deleted, DeleteAnswer.Refused);
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
            using var request = new PooledBuffer();
            ChangeMessageVisibilityBatchJson.Write(request, await url(cancellationToken), changes);
            using var answer = await _calls.CallAsync(
                ChangeMessageVisibilityBatchJson.Operation,
                request.Written,
                cancellationToken
            );

            // Refused for a fault of ours can only be the handle: it expired, or the message is gone.
            BatchJson.Read(answer.Written, answers, VisibilityAnswer.Changed, VisibilityAnswer.Lost);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            // Unavailable, all of them.
        }

        ledger.Sqs(ChangeMessageVisibilityBatchJson.Operation);
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
            using var request = new PooledBuffer();
            SendMessageJson.Write(request, await url(cancellationToken), body, attributes, delay);
            using var answer = await _calls.CallAsync(SendMessageJson.Operation, request.Written, cancellationToken);
            SendMessageJson.Read(answer.Written);
            return true;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return false;
        }
        finally
        {
            ledger.Sqs(SendMessageJson.Operation, Encoding.UTF8.GetByteCount(body) + SqsAttributes.BytesOf(attributes));
        }
    }
}
