using System.Text.Json;

namespace GenesysMock.Traffic;

/// <summary>The EventBridge envelope around what Genesys published, byte for byte as a partner bus shows it.</summary>
internal static class Envelope
{
    private const string KnownVersion = "0";

    public static byte[] Write(
        Organization organization,
        Happening happening,
        string id,
        DateTimeOffset time,
        PoisonKind? poison = null
    ) =>
        JsonText.Object(json =>
        {
            json.WriteString("version", poison is PoisonKind.UnknownVersion ? "7" : KnownVersion);
            json.WriteString("id", id);
            json.WriteString("detail-type", happening.DetailType);
            json.WriteString("source", organization.Source);
            json.WriteString("account", organization.Account);
            json.WriteString("time", JsonText.IsoSeconds(time));
            json.WriteString("region", organization.Region);
            json.WriteStartArray("resources");
            json.WriteEndArray();
            json.WriteStartObject("detail");
            json.WriteString("topicName", poison is PoisonKind.NoId ? happening.DetailType : happening.TopicName);
            json.WriteString("version", "2");
            WriteBody(json, happening, poison);
            json.WriteStartObject("metadata");
            json.WriteString("CorrelationId", happening.CorrelationId);
            json.WriteEndObject();
            json.WriteString("timestamp", JsonText.Iso(happening.PublishedAt));
            json.WriteEndObject();
        });

    private static void WriteBody(Utf8JsonWriter json, Happening happening, PoisonKind? poison)
    {
        switch (poison)
        {
            case PoisonKind.NoBody:
                break;
            case PoisonKind.BodyIsText:
                json.WriteString("eventBody", happening.Body.Span);
                break;
            default:
                json.WritePropertyName("eventBody");
                json.WriteRawValue(happening.Body.Span, skipInputValidation: true);
                break;
        }
    }
}
