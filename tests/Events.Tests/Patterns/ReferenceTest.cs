using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;

namespace Events.Tests.Patterns;

/// <summary>One value of a pattern against one leaf, by definition.</summary>
internal static class ReferenceTest
{
    internal static bool IsMet(JsonElement test, JsonElement leaf)
    {
        if (test.ValueKind != JsonValueKind.Object)
        {
            return Equal(test, leaf);
        }

        var operation = test.EnumerateObject().Single();
        var text = leaf.ValueKind == JsonValueKind.String ? leaf.GetString() : null;
        return operation.Name switch
        {
            "exists" => operation.Value.GetBoolean(),
            "exactly" => Equal(operation.Value, leaf),
            "anything-but" => !Excluded(operation.Value).Any(excluded => IsMet(excluded, leaf)),
            "numeric" => leaf.ValueKind == JsonValueKind.Number && InRange(operation.Value, leaf),
            _ when text is null => false,
            "prefix" when operation.Value.ValueKind == JsonValueKind.Object => Enumerable
                .Range(0, text.Length + 1)
                .Any(length => SameIgnoringCase(Inner(operation.Value), text[..length])),
            "prefix" => text.StartsWith(operation.Value.GetString()!, StringComparison.Ordinal),
            "suffix" when operation.Value.ValueKind == JsonValueKind.Object => Enumerable
                .Range(0, text.Length + 1)
                .Any(start => SameIgnoringCase(Inner(operation.Value), text[start..])),
            "suffix" => text.EndsWith(operation.Value.GetString()!, StringComparison.Ordinal),
            "equals-ignore-case" => SameIgnoringCase(operation.Value.GetString()!, text),
            "wildcard" => Fits(operation.Value.GetString()!, text),
            "cidr" => IsInBlock(operation.Value.GetString()!, text),
            var unknown => throw new ArgumentException(unknown, nameof(test)),
        };
    }

    private static bool Equal(JsonElement expected, JsonElement leaf) =>
        (expected.ValueKind, leaf.ValueKind) switch
        {
            (JsonValueKind.String, JsonValueKind.String) => expected.GetString() == leaf.GetString(),
            (JsonValueKind.Number, JsonValueKind.Number) => expected.GetRawText() == leaf.GetRawText()
                || (Comparable(expected) is { } left && Comparable(leaf) == left),
            var (left, right) => left == right,
        };

    private static IEnumerable<JsonElement> Excluded(JsonElement operand)
    {
        var name = operand.ValueKind == JsonValueKind.Object ? operand.EnumerateObject().Single().Name : null;
        var values = name is null ? operand : operand.GetProperty(name);
        var list = values.ValueKind == JsonValueKind.Array ? values.EnumerateArray().ToArray() : [values];
        return name is null
            ? list
            : list.Select(value => JsonElement.Parse($$"""{"{{name}}":{{value.GetRawText()}}}"""));
    }

    private static bool InRange(JsonElement range, JsonElement leaf) =>
        range
            .EnumerateArray()
            .Chunk(2)
            .All(bound =>
                (bound[0].GetString(), Comparable(leaf), Comparable(bound[1])) switch
                {
                    ("=", var left, var right) => left == right && left is not null,
                    ("<", var left, var right) => left < right,
                    ("<=", var left, var right) => left <= right,
                    (">", var left, var right) => left > right,
                    (_, var left, var right) => left >= right,
                }
            );

    /// <summary>A number whose decimal value is exactly that of the shortest text of its double.</summary>
    private static double? Comparable(JsonElement element)
    {
        var text = element.GetRawText();
        var number = double.Parse(text, CultureInfo.InvariantCulture);
        return
            double.IsFinite(number)
            && IsSame(Decimal(text), Decimal(number.ToString("R", CultureInfo.InvariantCulture)))
            ? number
            : null;
    }

    private static bool IsSame((BigInteger Digits, int Exponent) left, (BigInteger Digits, int Exponent) right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return left.Digits * BigInteger.Pow(10, left.Exponent - exponent)
            == right.Digits * BigInteger.Pow(10, right.Exponent - exponent);
    }

    private static (BigInteger Digits, int Exponent) Decimal(string text)
    {
        var parts = text.Split('e', 'E');
        var number = parts[0].Split('.');
        var fraction = number.Length > 1 ? number[1] : "";
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return (BigInteger.Parse(number[0] + fraction, CultureInfo.InvariantCulture), exponent - fraction.Length);
    }

    private static string Inner(JsonElement operand) => operand.GetProperty("equals-ignore-case").GetString()!;

    private static bool SameIgnoringCase(string pattern, string text)
    {
        var left = pattern.EnumerateRunes().ToArray();
        var right = text.EnumerateRunes().ToArray();
        return left.Length == right.Length
            && left.Zip(right)
                .All(pair =>
                    pair.Second == System.Text.Rune.ToLowerInvariant(pair.First)
                    || pair.Second == System.Text.Rune.ToUpperInvariant(pair.First)
                );
    }

    private static bool Fits(string wildcard, string text)
    {
        if (wildcard.Length == 0)
        {
            return text.Length == 0;
        }

        if (wildcard[0] == '*')
        {
            return Enumerable.Range(0, text.Length + 1).Any(length => Fits(wildcard[1..], text[length..]));
        }

        var escaped = wildcard[0] == '\\' ? 1 : 0;
        return text.Length > 0 && text[0] == wildcard[escaped] && Fits(wildcard[(escaped + 1)..], text[1..]);
    }

    private static bool IsInBlock(string block, string text)
    {
        var (address, bits) = (
            IPAddress.Parse(block.Split('/')[0]),
            int.Parse(block.Split('/')[1], CultureInfo.InvariantCulture)
        );
        if (!TryParse(text, out var candidate) || candidate.AddressFamily != address.AddressFamily)
        {
            return false;
        }

        return Bits(candidate)[..bits] == Bits(address)[..bits];
    }

    private static bool TryParse(string text, out IPAddress address)
    {
        address = IPAddress.None;
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            var parts = text.Split('.');
            var fine =
                parts.Length == 4
                && parts.All(part =>
                    part.Length > 0
                    && part.All(char.IsAsciiDigit)
                    && int.Parse(part, CultureInfo.InvariantCulture) < 256
                );
            address = fine
                ? new IPAddress([.. parts.Select(part => byte.Parse(part, CultureInfo.InvariantCulture))])
                : address;
            return fine;
        }

        if (
            text.Any(character => character != ':' && !char.IsAsciiHexDigit(character))
            || !IPAddress.TryParse(text, out var parsed)
        )
        {
            return false;
        }

        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }

    private static string Bits(IPAddress address) =>
        string.Concat(address.GetAddressBytes().Select(octet => Convert.ToString(octet, 2).PadLeft(8, '0')));
}
