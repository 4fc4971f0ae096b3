using System.Buffers;
using System.IO.Compression;
using System.Text;
using Events;

namespace Processor.Recording;

/// <summary>Makes the items of an event: pure, and the same for the same event at any time.</summary>
internal static class EventItems
{
    /// <summary>What one write unit buys.</summary>
    public const int WriteUnitBytes = 1024;

    /// <summary>DynamoDB takes items of 400 KB; the rest is room for keys and names.</summary>
    public const int PartBytesMax = 350 * 1024;

    /// <summary>How much of a body in parts stands readable in its head.</summary>
    public const int PreviewCharsMax = 512;

    /// <summary>Names of the attributes every item has, and an upper bound for its four numbers.</summary>
    private const int NamesAndNumbersBytes =
        7
        + 5
        + 4
        + 10
        + 9
        + 8
        + 8
        + 7 // subject, event, kind, envelopeId, published, received, recorded, expires
        + (4 * 9);

    /// <summary>
    /// A body of 1.2 KB costs 8 µs at 0, 11 µs at 1 and at 2, 22 µs at 3. At 0 the bench's events take 1,329 write units for 1,000 instead
    /// of 950, and above 1 hardly one less.
    /// </summary>
    private const int BrotliQuality = 1;
    private const int BrotliWindow = 18;

    /// <param name="genesysEvent">The event.</param>
    /// <param name="receivedAt">When the queue got it.</param>
    /// <param name="recordedAt">Now.</param>
    /// <param name="retention">How long it is kept, from <paramref name="receivedAt"/>.</param>
    /// <returns>The item of the event, and before it its parts where the body does not fit into one item.</returns>
    public static IReadOnlyList<EventItem> Of(
        GenesysEvent genesysEvent,
        DateTimeOffset receivedAt,
        DateTimeOffset recordedAt,
        TimeSpan retention
    )
    {
        var head = new EventItem(
            genesysEvent.Subject,
            genesysEvent.SortKey,
            genesysEvent.DetailType,
            genesysEvent.EnvelopeId,
            genesysEvent.PublishedAt.ToUnixTimeMilliseconds(),
            receivedAt.ToUnixTimeMilliseconds(),
            recordedAt.ToUnixTimeMilliseconds(),
            (receivedAt + retention).ToUnixTimeSeconds()
        );
        var body = genesysEvent.EventBody.Span;
        var overhead = Overhead(head);

        if (overhead + "body".Length + body.Length <= WriteUnitBytes)
        {
            return [head with { Body = Encoding.UTF8.GetString(body) }];
        }

        var compressed = Compress(body);
        if (Units(overhead + "brotliBody".Length + compressed.Length) < Units(overhead + "body".Length + body.Length))
        {
            return compressed.Length <= PartBytesMax
                ? [head with { BrotliBody = compressed }]
                : InParts(head, body, compressed);
        }

        return body.Length <= PartBytesMax
            ? [head with { Body = Encoding.UTF8.GetString(body) }]
            : InParts(head, body, compressed);
    }

    /// <summary>Size by DynamoDB's rule, rounded up: names and values in UTF-8, a number one byte for two digits and one more.</summary>
    public static int SizeOf(EventItem item) =>
        Overhead(item)
        + (item.Body is { } text ? "body".Length + Encoding.UTF8.GetByteCount(text) : 0)
        + (item.BrotliBody is { } binary ? "brotliBody".Length + binary.Length : 0)
        + (item.Parts > 0 ? "parts".Length + 3 : 0);

    private static int Units(int bytes) => (bytes + WriteUnitBytes - 1) / WriteUnitBytes;

    private static int Overhead(EventItem item) =>
        NamesAndNumbersBytes
        + Encoding.UTF8.GetByteCount(item.Subject)
        + item.Sort.Length
        + Encoding.UTF8.GetByteCount(item.Kind)
        + Encoding.UTF8.GetByteCount(item.EnvelopeId);

    private static List<EventItem> InParts(EventItem head, ReadOnlySpan<byte> body, byte[] compressed)
    {
        var items = new List<EventItem>();
        for (var start = 0; start < compressed.Length; start += PartBytesMax)
        {
            var piece = compressed.AsMemory(start, Math.Min(PartBytesMax, compressed.Length - start));
            items.Add(head with { Sort = $"{head.Sort}#p{items.Count + 1:000}", BrotliBody = piece });
        }

        items.Add(head with { Body = Preview(body), Parts = items.Count });
        return items;
    }

    private static string Preview(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, PreviewCharsMax)]);

        // The cut may lie inside a character; the decoder put U+FFFD there.
        return text.TrimEnd('\uFFFD');
    }

    private static byte[] Compress(ReadOnlySpan<byte> body)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(body.Length));
        try
        {
            return BrotliEncoder.TryCompress(body, buffer, out var written, BrotliQuality, BrotliWindow)
                ? buffer[..written]
                : throw new InvalidOperationException($"Brotli did not fit {body.Length} bytes into {buffer.Length}.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
