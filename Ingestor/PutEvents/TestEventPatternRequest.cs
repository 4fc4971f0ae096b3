using System.Text.Json;

namespace Ingestor.PutEvents;

/// <summary>The two texts of a TestEventPattern call; null where one is absent.</summary>
internal sealed record TestEventPatternRequest(string? EventPattern, string? Event)
{
    /// <exception cref="JsonException">The request is not JSON, or a member is not a string.</exception>
    public static TestEventPatternRequest Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? pattern = null;
        string? @event = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Expected an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("EventPattern"u8))
            {
                pattern = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("Event"u8))
            {
                @event = ReadText(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        reader.Read();
        return new TestEventPatternRequest(pattern, @event);
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Null
            ? reader.GetString()
            : throw new JsonException("Expected a string.");
    }
}
