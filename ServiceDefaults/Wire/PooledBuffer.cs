using System.Buffers;

namespace ServiceDefaults.Wire;

/// <summary>Bytes in an array of the shared pool: written, read once, and given back.</summary>
public sealed class PooledBuffer(int capacity = 16 * 1024) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed > _array.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * _array.Length));
            _array.AsSpan(0, Length).CopyTo(larger);
            Return();
            _array = larger;
        }

        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        Return();
        _array = [];
        Length = 0;
    }

    /// <summary>Cleared: what callers said must not lie in memory that others rent.</summary>
    private void Return()
    {
        if (_array.Length > 0)
        {
            _array.AsSpan(0, Length).Clear();
            ArrayPool<byte>.Shared.Return(_array);
        }
    }
}
