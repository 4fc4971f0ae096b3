using System.Numerics;

namespace Events.Patterns.Matching;

/// <summary>Sets of conditions as words of bits; bit order is path order.</summary>
internal static class BitSet
{
    internal static int WordsFor(int bits) => (bits + 63) / 64;

    internal static void Add(Span<ulong> set, int bit) => set[bit >> 6] |= 1UL << bit;

    internal static bool Contains(ReadOnlySpan<ulong> set, int bit) => (set[bit >> 6] & (1UL << bit)) != 0;

    internal static void AddAll(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        for (var word = 0; word < set.Length; word++)
        {
            set[word] |= other[word];
        }
    }

    internal static bool Overlap(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        for (var word = 0; word < left.Length; word++)
        {
            if ((left[word] & right[word]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    internal static int LowestOf(ulong bits, int word) => (word << 6) + BitOperations.TrailingZeroCount(bits);
}
