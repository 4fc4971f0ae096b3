using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>Compares the digests in an answer with what was sent or received, where the real client does.</summary>
internal sealed class DigestValidator : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var result = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        var request = executionContext.RequestContext.OriginalRequest;
        switch (executionContext.ResponseContext.Response)
        {
            case ReceiveMessageResponse { Messages: { } messages }:
                messages.ForEach(Validate);
                break;
            case SendMessageResponse sent when request is SendMessageRequest toSend:
                Validate(toSend, sent);
                break;
            case SendMessageBatchResponse { Successful: { } sent }
                when request is SendMessageBatchRequest { Entries: { } toSend }:
                sent.ForEach(result => Validate(toSend, result));
                break;
        }

        return result;
    }

    private static void Validate(Message message)
    {
        Body(message.Body, message.MD5OfBody, message.MessageId);
        Attributes(message.MessageAttributes, message.MD5OfMessageAttributes, message.MessageId);
    }

    private static void Validate(SendMessageRequest toSend, SendMessageResponse sent)
    {
        // Only here is an answer without a digest taken as it is.
        if (!string.IsNullOrEmpty(sent.MD5OfMessageBody))
        {
            Body(toSend.MessageBody, sent.MD5OfMessageBody, sent.MessageId);
        }

        Attributes(toSend.MessageAttributes, sent.MD5OfMessageAttributes, sent.MessageId);
    }

    private static void Validate(List<SendMessageBatchRequestEntry> toSend, SendMessageBatchResultEntry sent)
    {
        var entry =
            toSend.Find(candidate => candidate.Id == sent.Id)
            ?? throw new AmazonSQSException($"The batch had no entry with the id {sent.Id}");
        Body(entry.MessageBody, sent.MD5OfMessageBody, sent.MessageId);
        Attributes(entry.MessageAttributes, sent.MD5OfMessageAttributes, sent.MessageId);
    }

    private static void Body(string body, string? digest, string messageId)
    {
        if (!Digest.Matches(body, digest))
        {
            throw new AmazonSQSException($"MD5 hash mismatch for message id {messageId}");
        }
    }

    private static void Attributes(
        Dictionary<string, MessageAttributeValue>? attributes,
        string? digest,
        string messageId
    )
    {
        if (attributes is { Count: > 0 } && !string.IsNullOrEmpty(digest) && !Digest.Matches(attributes, digest))
        {
            throw new AmazonSQSException($"Attribute MD5 hash mismatch for message id {messageId}");
        }
    }
}
