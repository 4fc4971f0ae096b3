using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GenesysApi.Tokens;

/// <summary>A value that must not be printed. Whoever needs it says <see cref="Reveal"/>, which is easy to search for.</summary>
[DebuggerDisplay("(redacted)")]
[TypeConverter(typeof(SecretConverter))]
public sealed class Secret(string value)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value = value;

    public bool IsEmpty => _value.Length == 0;

    public string Reveal() => _value;

    public override string ToString() => "(redacted)";
}

/// <summary>Lets configuration bind a string to a <see cref="Secret"/>; there is no way back.</summary>
internal sealed class SecretConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? new Secret(text) : base.ConvertFrom(context, culture, value);
}
