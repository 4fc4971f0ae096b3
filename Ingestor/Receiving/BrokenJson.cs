using System.Text.Json;

namespace Ingestor.Receiving;

/// <summary>What the JSON reader throws at text that is not JSON, or whose strings are not Unicode.</summary>
internal static class BrokenJson
{
    public const string Sentence = "The request is not JSON of the form the operation has.";

    /// <summary>InvalidOperationException is the reader's word for half a surrogate pair in an escape.</summary>
    public static bool Is(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <summary>Where the text broke, without repeating any of it.</summary>
    public static string Where(Exception exception) =>
        exception is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
            ? $"The body is not JSON: line {line + 1}, byte {position + 1}."
            : "The body is not JSON: an escape in it is half a character.";
}
