using System.Buffers;

namespace Events.Patterns.Matching;

/// <summary>A JSON string without its escapes: on the caller's stack if it is short, in a pooled buffer if it is not.</summary>
internal readonly ref struct UnescapedText
{
    private readonly byte[]? _rented;

    internal UnescapedText(ReadOnlySpan<byte> escaped, Span<byte> room)
    {
        _rented = escaped.Length > room.Length ? ArrayPool<byte>.Shared.Rent(escaped.Length) : null;
        var buffer = _rented ?? room;
        Bytes = buffer[..JsonText.Unescape(escaped, buffer)];
    }

    internal ReadOnlySpan<byte> Bytes { get; }

    public void Dispose()
    {
        if (_rented is not null)
        {
            // What callers said may be in it.
            ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        }
    }
}
