using System.Buffers;
using System.Text.Json;
using Processor.Receiving;
using ServiceDefaults.Wire;

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
    )
    {
        using var writer = WireRequest.Writer(request);
        writer.WriteStartObject();
        writer.WriteString("QueueUrl"u8, queueUrl);
        writer.WriteStartArray("Entries"u8);
        for (var index = 0; index < conversationIds.Count; index++)
        {
            writer.WriteStartObject();
            writer.WriteString("Id"u8, BatchIds.Of(index));
            writer.WriteString("MessageBody"u8, Body(conversationIds[index]));
            writer.WriteNumber("DelaySeconds"u8, (int)Math.Ceiling(delay.TotalSeconds));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Body(string conversationId) =>
        $$"""{"conversationId":"{{JsonEncodedText.Encode(conversationId)}}"}""";
}
