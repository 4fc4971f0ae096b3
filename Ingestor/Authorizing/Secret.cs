using System.ComponentModel;
using System.Globalization;

namespace Ingestor.Authorizing;

/// <summary>A key from the configuration. However it gets into a log line, what is printed is not the key.</summary>
[TypeConverter(typeof(SecretConverter))]
internal sealed class Secret(string value)
{
    /// <summary>The only way to the key, easy to find in a search.</summary>
    public string Reveal() => value;

    public override string ToString() => "(redacted)";
}

/// <summary>Lets the configuration binder make one from a string.</summary>
internal sealed class SecretConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? new Secret(text) : base.ConvertFrom(context, culture, value);
}
