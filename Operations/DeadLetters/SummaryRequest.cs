using System.Text.Json;

namespace Operations.DeadLetters;

/// <summary>What a message to enrichment says: which conversation is to be summarised.</summary>
internal static class SummaryRequest
{
    /// <summary>As long as the worker takes them.</summary>
    private const int IdCharsMax = 200;

    /// <returns>Null where it asks for nothing that enrichment understands.</returns>
    public static string? ConversationOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("conversationId", out var id)
                && id.ValueKind == JsonValueKind.String
                && id.GetString() is { Length: > 0 and <= IdCharsMax } conversationId
                ? conversationId
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
