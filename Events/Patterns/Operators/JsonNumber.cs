using System.Globalization;

namespace Events.Patterns.Operators;

/// <summary>
/// The numbers that the service can compare: those whose decimal value survives binary64. Others, such as
/// 9007199254740993 or 1e400, are only ever equal to what is written just like them.
/// </summary>
internal static class JsonNumber
{
    // 17 digits tell all binary64 numbers apart, so a shortest form is never longer.
    private const int DigitsMax = 17;

    // Up to 15 digits always survive, as long as the number is neither huge nor subnormal.
    private const int SafeDigits = 15;
    private const int SafeExponent = 290;

    /// <summary>NaN when the number cannot be compared.</summary>
    internal static double ToComparable(ReadOnlySpan<byte> literal)
    {
        Span<byte> digits = stackalloc byte[DigitsMax];
        if (
            !TryReduce(literal, digits, out var count, out var exponent)
            || !double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number)
        )
        {
            return double.NaN;
        }

        if (count <= SafeDigits && Math.Abs(exponent) <= SafeExponent)
        {
            return number;
        }

        Span<byte> shortest = stackalloc byte[32];
        Span<byte> shortestDigits = stackalloc byte[DigitsMax];
        number.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture);
        return
            TryReduce(shortest[..length], shortestDigits, out var shortestCount, out var shortestExponent)
            && exponent == shortestExponent
            && digits[..count].SequenceEqual(shortestDigits[..shortestCount])
            ? number
            : double.NaN;
    }

    /// <summary>The number as digits × 10^exponent, without zeros at either end; zero has no digits.</summary>
    private static bool TryReduce(ReadOnlySpan<byte> literal, Span<byte> digits, out int count, out long exponent)
    {
        count = 0;
        exponent = 0;
        var zeros = 0;
        var fraction = false;

        for (var index = 0; index < literal.Length; index++)
        {
            switch (literal[index])
            {
                case (byte)'-':
                    break;
                case (byte)'.':
                    fraction = true;
                    break;
                case (byte)'e' or (byte)'E':
                    exponent += ReadExponent(literal[(index + 1)..]);
                    index = literal.Length;
                    break;
                case var digit:
                    exponent -= fraction ? 1 : 0;
                    if (digit == (byte)'0')
                    {
                        zeros += count > 0 ? 1 : 0;
                        break;
                    }

                    if (count + zeros >= digits.Length)
                    {
                        return false;
                    }

                    digits.Slice(count, zeros).Fill((byte)'0');
                    count += zeros;
                    zeros = 0;
                    digits[count++] = digit;
                    break;
            }
        }

        exponent = count == 0 ? 0 : exponent + zeros;
        return true;
    }

    private static long ReadExponent(ReadOnlySpan<byte> text)
    {
        const long enough = 1_000_000_000;
        var value = 0L;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit((char)character))
            {
                value = Math.Min((value * 10) + (character - '0'), enough);
            }
        }

        return text[0] == (byte)'-' ? -value : value;
    }
}
