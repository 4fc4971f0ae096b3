using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class SendMessage
{
    internal static readonly InvokeOptions Options = Operation.Of<SendMessageRequest, SendMessageResponse>(
        nameof(SendMessage),
        Write,
        Read
    );

    private static void Write(Utf8JsonWriter json, SendMessageRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("MessageBody"u8, request.MessageBody);
        json.Member("DelaySeconds"u8, request.DelaySeconds);
        json.Member("MessageAttributes"u8, request.MessageAttributes, MessageAttribute.Write);
        json.Member("MessageSystemAttributes"u8, request.MessageSystemAttributes, MessageAttribute.Write);
        json.Member("MessageDeduplicationId"u8, request.MessageDeduplicationId);
        json.Member("MessageGroupId"u8, request.MessageGroupId);
    }

    private static void Read(SendMessageResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("MessageId"))
        {
            response.MessageId = json.ReadString();
        }
        else if (json.ValueTextEquals("MD5OfMessageBody"))
        {
            response.MD5OfMessageBody = json.ReadString();
        }
        else if (json.ValueTextEquals("MD5OfMessageAttributes"))
        {
            response.MD5OfMessageAttributes = json.ReadString();
        }
        else if (json.ValueTextEquals("MD5OfMessageSystemAttributes"))
        {
            response.MD5OfMessageSystemAttributes = json.ReadString();
        }
        else if (json.ValueTextEquals("SequenceNumber"))
        {
            response.SequenceNumber = json.ReadString();
        }
        else
        {
            json.SkipValue();
        }
    }
}
