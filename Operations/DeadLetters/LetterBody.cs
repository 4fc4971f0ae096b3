using System.IO.Compression;
using System.Text;

namespace Operations.DeadLetters;

/// <summary>A body as the items that hold it: compressed, in pieces that fit into an item of 400 KB.</summary>
internal static class LetterBody
{
    public const int PieceBytesMax = 350 * 1024;

    public static IReadOnlyList<ReadOnlyMemory<byte>> ToPieces(string body)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(Encoding.UTF8.GetBytes(body));
        }

        var bytes = compressed.ToArray();
        var pieces = new List<ReadOnlyMemory<byte>>();
        for (var start = 0; start == 0 || start < bytes.Length; start += PieceBytesMax)
        {
            pieces.Add(bytes.AsMemory(start, Math.Min(PieceBytesMax, bytes.Length - start)));
        }

        return pieces;
    }

    public static string FromPieces(IEnumerable<byte[]> pieces)
    {
        using var compressed = new MemoryStream();
        foreach (var piece in pieces)
        {
            compressed.Write(piece);
        }

        compressed.Position = 0;
        using var brotli = new BrotliStream(compressed, CompressionMode.Decompress);
        using var reader = new StreamReader(brotli, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }
}

/// <summary>What a look at a letter's body brought.</summary>
internal abstract record BodyRead
{
    private BodyRead() { }

    internal sealed record Found(string Body) : BodyRead;

    /// <summary>There is no such letter, or its time is over.</summary>
    internal sealed record Gone : BodyRead;

    internal sealed record Unavailable(string Reason) : BodyRead;
}
