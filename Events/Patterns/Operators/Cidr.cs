using System.Globalization;

namespace Events.Patterns.Operators;

/// <summary><c>cidr</c>: text that is an address of the block. The two versions of IP do not mix.</summary>
internal sealed class Cidr : ValueTest
{
    private readonly IpAddressText _network;
    private readonly UInt128 _mask;

    private Cidr(IpAddressText address, int bits)
    {
        _mask = bits == 0 ? UInt128.Zero : UInt128.MaxValue << (address.BitCount - bits);
        _network = address with { Value = address.Value & _mask };
    }

    internal override bool Matches(in EventValue value) =>
        value.Kind == ValueKind.Text
        && IpAddressText.TryParse(value.Bytes, out var address)
        && address.BitCount == _network.BitCount
        && (address.Value & _mask) == _network.Value;

    internal static Cidr? Parse(string block, out string? fault)
    {
        var parts = block.Split('/');
        if (parts.Length != 2)
        {
            fault = "Malformed CIDR, one '/' required";
            return null;
        }

        if (!int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bits))
        {
            fault = "Malformed CIDR, mask bits must be an integer";
            return null;
        }

        if (bits < 0)
        {
            fault = "Malformed CIDR, mask bits must not be negative";
            return null;
        }

        if (!IpAddressText.TryParse(System.Text.Encoding.UTF8.GetBytes(parts[0]), out var address))
        {
            fault = $"Nonstandard IP address: {parts[0]}";
            return null;
        }

        if (bits >= address.BitCount)
        {
            fault = $"{(address.BitCount == 32 ? "IPv4" : "IPv6")} mask bits must be < {address.BitCount}";
            return null;
        }

        fault = null;
        return new Cidr(address, bits);
    }
}
