using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Peers.Plain;

/// <summary>One loop: ten messages, all handled at once, those that are done deleted in one request.</summary>
internal sealed class Consumer(IAmazonSQS sqs, IdempotentRecorder recorder, string queueUrl, string deadLetterQueueUrl)
{
    public const int Loops = 8;

    public async Task RunAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await PollAsync(ending);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task PollAsync(CancellationToken ending)
    {
        var received = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(queueUrl)
            {
                MaxNumberOfMessages = 10,
                WaitTimeSeconds = 20,
                VisibilityTimeout = 60,
            },
            ending
        );
        if (received.Messages is not { Count: > 0 } messages)
        {
            return;
        }

        var done = await Task.WhenAll(messages.Select(message => IsDoneAsync(message, ending)));
        var entries = messages
            .Where((_, index) => done[index])
            .Select(
                (message, index) =>
                    new DeleteMessageBatchRequestEntry(
                        index.ToString(CultureInfo.InvariantCulture),
                        message.ReceiptHandle
                    )
            )
            .ToList();
        if (entries.Count > 0)
        {
            await sqs.DeleteMessageBatchAsync(new DeleteMessageBatchRequest(queueUrl, entries), ending);
        }
    }

    /// <summary>What fails is left to the visibility timeout.</summary>
    private async Task<bool> IsDoneAsync(Message message, CancellationToken ending)
    {
        try
        {
            using var envelope = JsonDocument.Parse(message.Body);
            if (envelope.RootElement.GetProperty("detail").TryGetProperty("eventBody", out _))
            {
                return await recorder.IsRecordedAsync(envelope.RootElement, ending);
            }

            await sqs.SendMessageAsync(new SendMessageRequest(deadLetterQueueUrl, message.Body), ending);
            return true;
        }
        catch (Exception exception) when (exception is AmazonServiceException or JsonException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return false;
        }
    }
}
