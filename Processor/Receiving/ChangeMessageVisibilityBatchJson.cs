using System.Buffers;

namespace Processor.Receiving;

/// <summary>The request of ChangeMessageVisibilityBatch in the AWS JSON protocol.</summary>
internal static class ChangeMessageVisibilityBatchJson
{
    public const string Operation = "ChangeMessageVisibilityBatch";

    public static void Write(IBufferWriter<byte> request, string queueUrl, IReadOnlyList<VisibilityChange> changes) =>
        BatchJson.Write(
            request,
            queueUrl,
            changes,
            static (writer, change) =>
            {
                writer.WriteString("ReceiptHandle"u8, change.Message.ReceiptHandle);
                writer.WriteNumber("VisibilityTimeout"u8, (int)Math.Ceiling(change.Hidden.TotalSeconds));
            }
        );
}
