using System.Buffers;
using System.Text.Json;
using Processor.Receiving;

namespace Processor.Announcing;

/// <summary>The request of SendMessageBatch in the AWS JSON protocol: one small message a conversation, <c>{"conversationId":"…"}</c>.</summary>
internal static class SendMessageBatchJson
{
    public const string Operation = "SendMessageBatch";

    public static void Write(
        IBufferWriter<byte> request,
        string queueUrl,
        IReadOnlyList<string> conversationIds,
        TimeSpan delay
    ) =>
        BatchJson.Write(
            request,
            queueUrl,
            conversationIds,
            (writer, conversationId) =>
            {
                writer.WriteString("MessageBody"u8, Body(conversationId));
                writer.WriteNumber("DelaySeconds"u8, (int)Math.Ceiling(delay.TotalSeconds));
            }
        );

    private static string Body(string conversationId) =>
        $$"""{"conversationId":"{{JsonEncodedText.Encode(conversationId)}}"}""";
}
