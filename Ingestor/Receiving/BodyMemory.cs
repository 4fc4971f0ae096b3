using System.Buffers;
using System.Numerics;

namespace Ingestor.Receiving;

/// <summary>
/// Memory for bodies. The shared pool keeps an array of each size for each thread, for good as far as we are concerned: that pays for
/// the common event of a few kilobytes, and would cost hundreds of megabytes after a moment of long ones.
/// </summary>
internal static class BodyMemory
{
    private const int PooledBytesMax = 128 * 1024;

    /// <summary>How much is really taken when so much is asked for: the pool has powers of two.</summary>
    public static int SizeFor(int bytes) =>
        bytes <= PooledBytesMax ? (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes, 16)) : bytes;

    public static byte[] Rent(int bytes) =>
        bytes <= PooledBytesMax ? ArrayPool<byte>.Shared.Rent(bytes) : GC.AllocateUninitializedArray<byte>(bytes);

    public static void Return(byte[] bytes)
    {
        if (bytes.Length is > 0 and <= PooledBytesMax)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
