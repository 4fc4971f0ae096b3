using System.Buffers;
using System.Text.Json;
using ServiceDefaults.Wire;

namespace Processor.Receiving;

/// <summary>The request and the answer of DeleteMessageBatch in the AWS JSON protocol.</summary>
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

    /// <param name="answer">What SQS said.</param>
    /// <param name="answers">One for each message, <see cref="DeleteAnswer.Unavailable"/> where the answer does not name it.</param>
    /// <exception cref="JsonException">It is no answer of SQS.</exception>
    public static void Read(ReadOnlyMemory<byte> answer, DeleteAnswer[] answers) =>
        WireAnswer.Read(
            answer,
            root =>
            {
                foreach (var entry in root.List("Successful"u8))
                {
                    answers[PositionOf(entry)] = DeleteAnswer.Deleted;
                }

                foreach (var entry in root.List("Failed"u8))
                {
                    if (entry.TryGetProperty("SenderFault"u8, out var fault) && fault.ValueKind == JsonValueKind.True)
                    {
                        answers[PositionOf(entry)] = DeleteAnswer.Refused;
                    }
                }

                return answers;
            }
        );

    private static int PositionOf(JsonElement entry) => BatchIds.PositionOf(entry.GetProperty("Id"u8).GetString()!);
}
