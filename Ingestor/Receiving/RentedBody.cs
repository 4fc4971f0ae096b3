using System.Diagnostics.CodeAnalysis;

namespace Ingestor.Receiving;

/// <summary>Bytes that grow in rented memory, as far as there is room for them.</summary>
internal sealed class RentedBody : IDisposable
{
    private readonly BodyRoom _room;
    private byte[] _bytes = [];
    private int _taken;

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

    /// <summary>
    /// False when there is no room. Doubles, so that a long body is copied few times, but not beyond what a body may have.
    /// </summary>
    public bool TryGrow(int more)
    {
        var needed = Length + more;
        if (_bytes.Length >= needed)
        {
            return true;
        }

        // The room is taken before the memory is: whoever is refused has cost none.
        var bigger = BodyMemory.SizeFor(Math.Max(needed, Math.Min(2 * Length, _room.BodyBytesMax)));
        if (!_room.TryTake(bigger))
        {
            return false;
        }

        var grown = BodyMemory.Rent(bigger);
        Span.CopyTo(grown);
        ReturnMemory();
        (_bytes, _taken) = (grown, bigger);
        return true;
    }

    public void Dispose()
    {
        ReturnMemory();
        (_bytes, _taken) = ([], 0);
        Length = 0;
    }

    private void ReturnMemory()
    {
        BodyMemory.Return(_bytes);
        _room.GiveBack(_taken);
    }
}
