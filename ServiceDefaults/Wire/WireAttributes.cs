using System.Globalization;
using System.Text.Json;

namespace ServiceDefaults.Wire;

/// <summary>How attributes of an item of DynamoDB are written.</summary>
public static class WireAttributes
{
    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteString("S"u8, value);
        writer.WriteEndObject();
    }

    /// <summary>Numbers travel as text.</summary>
    public static void WriteNumberAsText(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        writer.WriteStartObject(name);
        writer.WriteString("N"u8, digits[..length]);
        writer.WriteEndObject();
    }
}
