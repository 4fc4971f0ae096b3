using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ingestor.PutEvents;

/// <summary>Wraps an entry as EventBridge does: the same members in the same order, the detail's text as it was sent.</summary>
internal sealed class EnvelopeWriter(string account, string region)
{
    // Only what JSON itself asks for is escaped: {id} and letters beyond ASCII stay readable, as they do in the service's events.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public void Write(
        ArrayBufferWriter<byte> envelope,
        in PutEventsEntry entry,
        ReadOnlySpan<byte> texts,
        string id,
        DateTimeOffset now
    )
    {
        using var json = new Utf8JsonWriter(envelope, Options);
        json.WriteStartObject();
        json.WriteString("version"u8, "0"u8);
        json.WriteString("id"u8, id);
        json.WriteString("detail-type"u8, texts[entry.DetailType]);
        json.WriteString("source"u8, texts[entry.Source]);
        json.WriteString("account"u8, account);
        json.WriteString(
            "time"u8,
            (entry.Time ?? now).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        );
        json.WriteString("region"u8, region);
        json.WriteStartArray("resources"u8);
        foreach (var resource in entry.Resources ?? [])
        {
            json.WriteStringValue(texts[resource]);
        }

        json.WriteEndArray();
        json.WritePropertyName("detail"u8);
        json.WriteRawValue(texts[entry.Detail], skipInputValidation: true);
        json.WriteEndObject();
    }
}
