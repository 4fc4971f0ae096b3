using System.Buffers;
using ServiceDefaults.Wire;

namespace Processor.Receiving;

/// <summary>The request of ChangeMessageVisibilityBatch in the AWS JSON protocol.</summary>
internal static class ChangeMessageVisibilityBatchJson
{
    public const string Operation = "ChangeMessageVisibilityBatch";

    public static void Write(IBufferWriter<byte> request, string queueUrl, IReadOnlyList<VisibilityChange> changes)
    {
        using var writer = WireRequest.Writer(request);
        writer.WriteStartObject();
        writer.WriteString("QueueUrl"u8, queueUrl);
        writer.WriteStartArray("Entries"u8);
        for (var index = 0; index < changes.Count; index++)
        {
            writer.WriteStartObject();
            writer.WriteString("Id"u8, BatchIds.Of(index));
            writer.WriteString("ReceiptHandle"u8, changes[index].Message.ReceiptHandle);
            writer.WriteNumber("VisibilityTimeout"u8, (int)Math.Ceiling(changes[index].Hidden.TotalSeconds));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
