using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ReceiveMessage
{
    private static readonly JsonMembers<Message> MessageMembers = new()
    {
        { "MessageId", (message, ref json) => message.MessageId = json.ReadString() },
        { "ReceiptHandle", (message, ref json) => message.ReceiptHandle = json.ReadString() },
        { "Body", (message, ref json) => message.Body = json.ReadString() },
        { "MD5OfBody", (message, ref json) => message.MD5OfBody = json.ReadString() },
        { "Attributes", (message, ref json) => message.Attributes = json.ReadStringMap() },
        {
            "MessageAttributes",
            (message, ref json) => message.MessageAttributes = json.ReadMap(MessageAttribute.Members)
        },
        { "MD5OfMessageAttributes", (message, ref json) => message.MD5OfMessageAttributes = json.ReadString() },
    };

    private static readonly JsonMembers<ReceiveMessageResponse> ResponseMembers = new()
    {
        { "Messages", (response, ref json) => response.Messages = json.ReadList(MessageMembers) },
    };

    internal static readonly InvokeOptions Options = Operation.Of<ReceiveMessageRequest, ReceiveMessageResponse>(
        nameof(ReceiveMessage),
        Write,
        ResponseMembers
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
}
