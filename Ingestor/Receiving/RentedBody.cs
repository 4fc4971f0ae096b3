using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Ingestor.Receiving;

/// <summary>Bytes that grow in pooled memory, as far as there is room for them.</summary>
internal sealed class RentedBody : IDisposable
{
    private readonly BodyRoom _room;
    private byte[] _bytes = [];

    private RentedBody(BodyRoom room) => _room = room;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public MemoryStream AsStream() => new(_bytes, 0, Length, writable: false);

    public static bool TryRent(BodyRoom room, int bytes, [NotNullWhen(true)] out RentedBody? body)
    {
        var rented = new RentedBody(room);
        body = rented.TryGrow(bytes) ? rented : null;
        return body is not null;
    }

    /// <summary>Free memory after the last byte; the caller says how much of it it has used.</summary>
    public Span<byte> Free => _bytes.AsSpan(Length);

    public void Advance(int count) => Length += count;

    /// <summary>False when there is no room. At least doubles, so that a long body is copied few times.</summary>
    public bool TryGrow(int more)
    {
        if (_bytes.Length - Length >= more)
        {
            return true;
        }

        var bigger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + more, 2 * Length));
        if (!_room.TryTake(bigger.Length))
        {
            ArrayPool<byte>.Shared.Return(bigger);
            return false;
        }

        Span.CopyTo(bigger);
        ReturnMemory();
        _bytes = bigger;
        return true;
    }

    public void Dispose()
    {
        ReturnMemory();
        _bytes = [];
        Length = 0;
    }

    private void ReturnMemory()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _room.GiveBack(_bytes.Length);
        }
    }
}
