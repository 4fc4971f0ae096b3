using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ReceiveMessage
{
    internal static readonly InvokeOptions Options = Operation.Of<ReceiveMessageRequest, ReceiveMessageResponse>(
        nameof(ReceiveMessage),
        Write,
        Read
    );

    private static void Write(Utf8JsonWriter json, ReceiveMessageRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("MaxNumberOfMessages"u8, request.MaxNumberOfMessages);
        json.Member("WaitTimeSeconds"u8, request.WaitTimeSeconds);
        json.Member("VisibilityTimeout"u8, request.VisibilityTimeout);
        json.Member("MessageSystemAttributeNames"u8, request.MessageSystemAttributeNames);
        json.Member("MessageAttributeNames"u8, request.MessageAttributeNames);
        json.Member("ReceiveRequestAttemptId"u8, request.ReceiveRequestAttemptId);
    }

    private static void Read(ReceiveMessageResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Messages"))
        {
            response.Messages = json.ReadList<Message>(Read);
        }
        else
        {
            json.SkipValue();
        }
    }

    private static void Read(Message message, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("MessageId"))
        {
            message.MessageId = json.ReadString();
        }
        else if (json.ValueTextEquals("ReceiptHandle"))
        {
            message.ReceiptHandle = json.ReadString();
        }
        else if (json.ValueTextEquals("Body"))
        {
            message.Body = json.ReadString();
        }
        else if (json.ValueTextEquals("MD5OfBody"))
        {
            message.MD5OfBody = json.ReadString();
        }
        else if (json.ValueTextEquals("Attributes"))
        {
            message.Attributes = json.ReadStringMap();
        }
        else if (json.ValueTextEquals("MessageAttributes"))
        {
            message.MessageAttributes = json.ReadMap<MessageAttributeValue>(MessageAttribute.Read);
        }
        else if (json.ValueTextEquals("MD5OfMessageAttributes"))
        {
            message.MD5OfMessageAttributes = json.ReadString();
        }
        else
        {
            json.SkipValue();
        }
    }
}
