using System.Text.Json;

namespace ServiceDefaults.Wire;

/// <summary>The short answers, which are read as a document.</summary>
public static class WireAnswer
{
    /// <summary>An answer of another shape than its operation has is no answer, whatever reading it stumbled over.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> answer, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(answer);
        try
        {
            return read(document.RootElement);
        }
        catch (Exception exception)
            when (exception
                    is InvalidOperationException
                        or KeyNotFoundException
                        or FormatException
                        or IndexOutOfRangeException
            )
        {
            throw new JsonException("The answer has another shape than its operation's.", exception);
        }
    }

    /// <summary>The elements of a list that may be null or missing.</summary>
    public static JsonElement.ArrayEnumerator List(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;
}
