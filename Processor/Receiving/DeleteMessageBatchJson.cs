using System.Buffers;

namespace Processor.Receiving;

/// <summary>The request of DeleteMessageBatch in the AWS JSON protocol.</summary>
internal static class DeleteMessageBatchJson
{
    public const string Operation = "DeleteMessageBatch";

    public static void Write(IBufferWriter<byte> request, string queueUrl, IReadOnlyList<ReceivedMessage> messages) =>
        BatchJson.Write(
            request,
            queueUrl,
            messages,
            static (writer, message) => writer.WriteString("ReceiptHandle"u8, message.ReceiptHandle)
        );
}
