using System.Text.Json;
using Processor.Receiving;

namespace Processor.Enrichment;

/// <summary>A message that asks for one conversation to be looked at.</summary>
/// <param name="Message">What it came with.</param>
/// <param name="ConversationId">Which conversation.</param>
/// <param name="AskedAt">When it was first asked for; a copy that was sent again remembers it.</param>
internal sealed record EnrichmentRequest(ReceivedMessage Message, string ConversationId, DateTimeOffset AskedAt)
{
    private const int IdCharsMax = 200;

    /// <returns>Nothing if the message asks for nothing that we understand.</returns>
    public static EnrichmentRequest? Read(ReceivedMessage message)
    {
        try
        {
            using var document = JsonDocument.Parse(message.Utf8Body);
            var root = document.RootElement;
            if (
                root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("conversationId", out var id)
                || id.ValueKind != JsonValueKind.String
                || id.GetString() is not { Length: > 0 and <= IdCharsMax } conversationId
            )
            {
                return null;
            }

            var askedAt =
                root.TryGetProperty("at", out var at)
                && at.ValueKind == JsonValueKind.Number
                && at.TryGetInt64(out var ms)
                    ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
                    : message.SentAt;
            return new EnrichmentRequest(message, conversationId, askedAt);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The body of a copy: the same conversation, and since when it waits.</summary>
    public string BodyOfCopy() =>
        $$"""{"conversationId":"{{JsonEncodedText.Encode(ConversationId)}}","at":{{AskedAt.ToUnixTimeMilliseconds()}}}""";
}
