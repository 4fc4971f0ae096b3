using System.Globalization;

namespace Events.Patterns.Operators;

/// <summary>An IP address read from text without allocating. An IPv4 address in IPv6 clothes (::ffff:a00:1) is IPv4.</summary>
internal readonly record struct IpAddressText(UInt128 Value, int BitCount)
{
    internal static bool TryParse(ReadOnlySpan<byte> text, out IpAddressText address) =>
        text.Contains((byte)':') ? TryParseV6(text, out address) : TryParseV4(text, out address);

    private static bool TryParseV4(ReadOnlySpan<byte> text, out IpAddressText address)
    {
        address = default;
        var value = 0u;
        for (var index = 0; index < 4; index++)
        {
            var dot = text.IndexOf((byte)'.');
            var part = dot < 0 ? text : text[..dot];
            if (dot < 0 != (index == 3) || !TryParseByte(part, out var octet))
            {
                return false;
            }

            value = (value << 8) | octet;
            text = text[(dot + 1)..];
        }

        address = new IpAddressText(value, 32);
        return true;
    }

    private static bool TryParseByte(ReadOnlySpan<byte> part, out byte octet) =>
        byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out octet);

    private static bool TryParseV6(ReadOnlySpan<byte> text, out IpAddressText address)
    {
        address = default;
        var gap = text.IndexOf("::"u8);
        var head = gap < 0 ? text : text[..gap];
        var tail = gap < 0 ? [] : text[(gap + 2)..];
        if (
            !TryParseGroups(head, out var high, out var highCount)
            || !TryParseGroups(tail, out var low, out var lowCount)
        )
        {
            return false;
        }

        var groups = highCount + lowCount;
        if (gap < 0 ? groups != 8 : groups > 7)
        {
            return false;
        }

        var value = highCount == 0 ? low : (high << (16 * (8 - highCount))) | low;
        address = value >> 32 == 0xFFFF ? new IpAddressText((uint)value, 32) : new IpAddressText(value, 128);
        return true;
    }

    private static bool TryParseGroups(ReadOnlySpan<byte> text, out UInt128 value, out int count)
    {
        value = UInt128.Zero;
        count = 0;
        while (!text.IsEmpty)
        {
            var colon = text.IndexOf((byte)':');
            var group = colon < 0 ? text : text[..colon];
            if (
                count == 8
                || group.Length > 4
                || colon == text.Length - 1
                || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var part)
            )
            {
                return false;
            }

            value = (value << 16) | part;
            count++;
            text = colon < 0 ? [] : text[(colon + 1)..];
        }

        return true;
    }
}
