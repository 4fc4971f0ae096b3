using System.Text.Json;

namespace Processor.Enrichment.Timeline;

/// <summary>What the timeline needs of a body. Everything is optional; what has another type than expected is as if it were missing.</summary>
internal sealed record EventFacts
{
    private static readonly EventFacts None = new();

    public string? ParticipantId { get; init; }

    public string? SessionId { get; init; }

    public string? MediaType { get; init; }

    public string? Direction { get; init; }

    public string? UserId { get; init; }

    public string? QueueId { get; init; }

    public string? AcdOutcome { get; init; }

    public string? WrapupCode { get; init; }

    public long? ConnectedDurationMs { get; init; }

    public long? InteractingDurationMs { get; init; }

    public long? HeldDurationMs { get; init; }

    public long? WrapupDurationMs { get; init; }

    public static EventFacts Of(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Of(document.RootElement) : None;
        }
        catch (JsonException)
        {
            // A body in parts stands here as its beginning only.
            return None;
        }
    }

    private static EventFacts Of(JsonElement body) =>
        new()
        {
            ParticipantId = Text(body, "participantId"),
            SessionId = Text(body, "sessionId"),
            MediaType = Word(body, "mediaType"),
            Direction = Word(body, "direction"),
            UserId = Text(body, "userId") ?? Text(body, "answeredUserId"),
            QueueId = Text(body, "queueId"),
            AcdOutcome = Word(body, "acdOutcome"),
            WrapupCode = Text(body, "wrapupCode"),
            ConnectedDurationMs = Number(body, "connectedDurationMs"),
            InteractingDurationMs = Number(body, "interactingDurationMs"),
            HeldDurationMs = Number(body, "heldDurationMs"),
            WrapupDurationMs = Number(body, "wrapupDurationMs"),
        };

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Enumerations are upper case in some topics and lower case in others; UNKNOWN says nothing.</summary>
    private static string? Word(JsonElement body, string name) =>
        Text(body, name)?.ToUpperInvariant() is { } word and not "UNKNOWN" ? word : null;

    private static long? Number(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
            ? number
            : null;
}
