using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class SendMessageBatch
{
    internal static readonly InvokeOptions Options = Operation.Of<SendMessageBatchRequest, SendMessageBatchResponse>(
        nameof(SendMessageBatch),
        Write,
        Read
    );

    private static void Write(Utf8JsonWriter json, SendMessageBatchRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("Entries"u8, request.Entries, Write);
    }

    private static void Read(SendMessageBatchResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Successful"))
        {
            response.Successful = json.ReadList<SendMessageBatchResultEntry>(Read);
        }
        else if (json.ValueTextEquals("Failed"))
        {
            response.Failed = json.ReadList<BatchResultErrorEntry>(BatchFailure.Read);
        }
        else
        {
            json.SkipValue();
        }
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

    private static void Read(SendMessageBatchResultEntry entry, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Id"))
        {
            entry.Id = json.ReadString();
        }
        else if (json.ValueTextEquals("MessageId"))
        {
            entry.MessageId = json.ReadString();
        }
        else if (json.ValueTextEquals("MD5OfMessageBody"))
        {
            entry.MD5OfMessageBody = json.ReadString();
        }
        else if (json.ValueTextEquals("MD5OfMessageAttributes"))
        {
            entry.MD5OfMessageAttributes = json.ReadString();
        }
        else if (json.ValueTextEquals("MD5OfMessageSystemAttributes"))
        {
            entry.MD5OfMessageSystemAttributes = json.ReadString();
        }
        else if (json.ValueTextEquals("SequenceNumber"))
        {
            entry.SequenceNumber = json.ReadString();
        }
        else
        {
            json.SkipValue();
        }
    }
}
