using System.Buffers;
using System.Text.Json;
using ServiceDefaults.Wire;

namespace Processor.Receiving;

/// <summary>A batch in the AWS JSON protocol, as SQS takes it and answers it: each entry by the position that is its id.</summary>
internal static class BatchJson
{
    /// <param name="request">Where it is written.</param>
    /// <param name="queueUrl">Where it goes.</param>
    /// <param name="entries">Ten at the most.</param>
    /// <param name="write">What an entry says besides its id.</param>
    public static void Write<T>(
        IBufferWriter<byte> request,
        string queueUrl,
        IReadOnlyList<T> entries,
        Action<Utf8JsonWriter, T> write
    )
    {
        using var writer = WireRequest.Writer(request);
        writer.WriteStartObject();
        writer.WriteString("QueueUrl"u8, queueUrl);
        writer.WriteStartArray("Entries"u8);
        for (var index = 0; index < entries.Count; index++)
        {
            writer.WriteStartObject();
            writer.WriteString("Id"u8, BatchIds.Of(index));
            write(writer, entries[index]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <param name="answer">What SQS said.</param>
    /// <param name="answers">One for each entry; it stays where the answer does not name it, and where SQS says the fault is its own.</param>
    /// <param name="succeeded">Of an entry that was done.</param>
    /// <param name="refused">Of one that was not, for a fault of ours.</param>
    /// <exception cref="JsonException">It is no answer of SQS.</exception>
    public static void Read<T>(ReadOnlyMemory<byte> answer, T[] answers, T succeeded, T refused) =>
        WireAnswer.Read(
            answer,
            root =>
            {
                foreach (var entry in root.List("Successful"u8))
                {
                    answers[PositionOf(entry)] = succeeded;
                }

                foreach (var entry in root.List("Failed"u8))
                {
                    if (entry.TryGetProperty("SenderFault"u8, out var fault) && fault.ValueKind == JsonValueKind.True)
                    {
                        answers[PositionOf(entry)] = refused;
                    }
                }

                return answers;
            }
        );

    private static int PositionOf(JsonElement entry) => BatchIds.PositionOf(entry.GetProperty("Id"u8).GetString()!);
}
