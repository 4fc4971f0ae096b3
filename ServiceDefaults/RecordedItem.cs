using System.IO.Compression;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace ServiceDefaults;

/// <summary>What a reader of <c>conversation-events</c> must know of its items; the Processor's <c>EventItems</c> makes them.</summary>
public static class RecordedItem
{
    /// <summary>The key of an item that holds a piece of a body has a second '#'; an event key has none in itself.</summary>
    public static bool IsEvent(Dictionary<string, AttributeValue> item) =>
        item["event"].S.IndexOf('#') == item["event"].S.LastIndexOf('#');

    /// <summary>The body as it was published; of one in parts, its beginning.</summary>
    public static string BodyOf(Dictionary<string, AttributeValue> item) =>
        item.GetValueOrDefault("brotliBody")?.B is { } compressed
            ? BodyOf(body: null, compressed.ToArray())
            : item.GetValueOrDefault("body")?.S ?? string.Empty;

    public static string BodyOf(string? body, ReadOnlyMemory<byte>? brotliBody)
    {
        if (brotliBody is not { } compressed)
        {
            return body ?? string.Empty;
        }

        using var source = new MemoryStream(compressed.ToArray());
        using var brotli = new BrotliStream(source, CompressionMode.Decompress);
        using var result = new MemoryStream();
        brotli.CopyTo(result);
        return Encoding.UTF8.GetString(result.GetBuffer(), 0, (int)result.Length);
    }
}
