using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class SendMessage
{
    private static readonly JsonMembers<SendMessageResponse> ResponseMembers = new()
    {
        { "MessageId", (response, ref json) => response.MessageId = json.ReadString() },
        { "MD5OfMessageBody", (response, ref json) => response.MD5OfMessageBody = json.ReadString() },
        { "MD5OfMessageAttributes", (response, ref json) => response.MD5OfMessageAttributes = json.ReadString() },
        {
            "MD5OfMessageSystemAttributes",
            (response, ref json) => response.MD5OfMessageSystemAttributes = json.ReadString()
        },
        { "SequenceNumber", (response, ref json) => response.SequenceNumber = json.ReadString() },
    };

    internal static readonly InvokeOptions Options = Operation.Of<SendMessageRequest, SendMessageResponse>(
        nameof(SendMessage),
        Write,
        ResponseMembers
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
}
