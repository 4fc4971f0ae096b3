using System.Buffers;
using System.Text.Json;
using ServiceDefaults.Wire;

namespace Processor.Recording;

/// <summary>The request and the answer of BatchWriteItem in the AWS JSON protocol, for the items of one table.</summary>
internal static class BatchWriteItemJson
{
    public const string Operation = "BatchWriteItem";

    public static void Write(IBufferWriter<byte> request, string tableName, IReadOnlyList<EventItem> items)
    {
        using var writer = WireRequest.Writer(request);
        writer.WriteStartObject();
        writer.WriteStartObject("RequestItems"u8);
        writer.WriteStartArray(tableName);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("PutRequest"u8);
            writer.WriteStartObject("Item"u8);
            WriteAttributes(writer, item);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteString("ReturnConsumedCapacity"u8, "TOTAL"u8);
        writer.WriteEndObject();
    }

    /// <returns>The capacity units it took, and the positions of the items that were not written.</returns>
    /// <exception cref="JsonException">It is no answer of DynamoDB.</exception>
    public static (double Units, List<int> Unprocessed) Read(
        ReadOnlyMemory<byte> answer,
        string tableName,
        IReadOnlyList<EventItem> items
    ) =>
        WireAnswer.Read(
            answer,
            root =>
            {
                var units = 0.0;
                foreach (var capacity in root.List("ConsumedCapacity"u8))
                {
                    units += capacity.TryGetProperty("CapacityUnits"u8, out var some) ? some.GetDouble() : 0;
                }

                var unprocessed = new List<int>();
                if (
                    root.TryGetProperty("UnprocessedItems"u8, out var tables)
                    && tables.ValueKind == JsonValueKind.Object
                    && tables.TryGetProperty(tableName, out var left)
                )
                {
                    foreach (var write in left.EnumerateArray())
                    {
                        var item = write.GetProperty("PutRequest"u8).GetProperty("Item"u8);
                        unprocessed.Add(PositionOf(Text(item, "subject"u8), Text(item, "event"u8), items));
                    }
                }

                return (units, unprocessed);
            }
        );

    private static void WriteAttributes(Utf8JsonWriter writer, EventItem item)
    {
        writer.WriteText("subject"u8, item.Subject);
        writer.WriteText("event"u8, item.Sort);
        writer.WriteText("kind"u8, item.Kind);
        writer.WriteText("envelopeId"u8, item.EnvelopeId);
        writer.WriteNumberAsText("published"u8, item.PublishedMs);
        writer.WriteNumberAsText("received"u8, item.ReceivedMs);
        writer.WriteNumberAsText("recorded"u8, item.RecordedMs);
        writer.WriteNumberAsText("expires"u8, item.ExpiresSeconds);
        if (item.Body is { } text)
        {
            writer.WriteText("body"u8, text);
        }

        if (item.BrotliBody is { } binary)
        {
            writer.WriteStartObject("brotliBody"u8);
            writer.WriteBase64String("B"u8, binary.Span);
            writer.WriteEndObject();
        }

        if (item.Parts > 0)
        {
            writer.WriteNumberAsText("parts"u8, item.Parts);
        }
    }

    private static string Text(JsonElement item, ReadOnlySpan<byte> name) =>
        item.GetProperty(name).GetProperty("S"u8).GetString()!;

    private static int PositionOf(string subject, string sort, IReadOnlyList<EventItem> items)
    {
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index].Sort == sort && items[index].Subject == subject)
            {
                return index;
            }
        }

        throw new JsonException("An unprocessed item that nobody sent.");
    }
}
