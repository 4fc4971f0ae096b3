using System.Buffers;
using ServiceDefaults.Wire;

namespace Processor.Receiving;

/// <summary>The request of DeleteMessageBatch in the AWS JSON protocol.</summary>
internal static class DeleteMessageBatchJson
{
    public const string Operation = "DeleteMessageBatch";

    public static void Write(IBufferWriter<byte> request, string queueUrl, IReadOnlyList<ReceivedMessage> messages)
    {
        using var writer = WireRequest.Writer(request);
        writer.WriteStartObject();
        writer.WriteString("QueueUrl"u8, queueUrl);
        writer.WriteStartArray("Entries"u8);
        for (var index = 0; index < messages.Count; index++)
        {
            writer.WriteStartObject();
            writer.WriteString("Id"u8, BatchIds.Of(index));
            writer.WriteString("ReceiptHandle"u8, messages[index].ReceiptHandle);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
