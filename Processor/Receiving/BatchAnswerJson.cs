using System.Text.Json;
using ServiceDefaults.Wire;

namespace Processor.Receiving;

/// <summary>The answer of SQS to a batch: each entry by the position that is its id.</summary>
internal static class BatchAnswerJson
{
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
