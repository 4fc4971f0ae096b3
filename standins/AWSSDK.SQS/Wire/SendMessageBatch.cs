using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class SendMessageBatch
{
    private static readonly JsonMembers<SendMessageBatchResultEntry> EntryMembers = new()
    {
        { "Id", (entry, ref json) => entry.Id = json.ReadString() },
        { "MessageId", (entry, ref json) => entry.MessageId = json.ReadString() },
        { "MD5OfMessageBody", (entry, ref json) => entry.MD5OfMessageBody = json.ReadString() },
        { "MD5OfMessageAttributes", (entry, ref json) => entry.MD5OfMessageAttributes = json.ReadString() },
        { "MD5OfMessageSystemAttributes", (entry, ref json) => entry.MD5OfMessageSystemAttributes = json.ReadString() },
        { "SequenceNumber", (entry, ref json) => entry.SequenceNumber = json.ReadString() },
    };

    private static readonly JsonMembers<SendMessageBatchResponse> ResponseMembers = new()
    {
        { "Successful", (response, ref json) => response.Successful = json.ReadList(EntryMembers) },
        { "Failed", (response, ref json) => response.Failed = json.ReadList(BatchFailure.Members) },
    };

    internal static readonly InvokeOptions Options = Operation.Of<SendMessageBatchRequest, SendMessageBatchResponse>(
        nameof(SendMessageBatch),
        Write,
        ResponseMembers
    );

    private static void Write(Utf8JsonWriter json, SendMessageBatchRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("Entries"u8, request.Entries, Write);
    }

    private static void Write(Utf8JsonWriter json, SendMessageBatchRequestEntry entry)
    {
        json.Member("Id"u8, entry.Id);
        json.Member("MessageBody"u8, entry.MessageBody);
        json.Member("DelaySeconds"u8, entry.DelaySeconds);
        json.Member("MessageAttributes"u8, entry.MessageAttributes, MessageAttribute.Write);
        json.Member("MessageSystemAttributes"u8, entry.MessageSystemAttributes, MessageAttribute.Write);
        json.Member("MessageDeduplicationId"u8, entry.MessageDeduplicationId);
        json.Member("MessageGroupId"u8, entry.MessageGroupId);
    }
}
