using System.Globalization;

namespace Events.Attributes;

/// <summary>Writes facts as attribute text, leaving out what is not known.</summary>
internal sealed class AttributeWriter
{
    /// <summary>ISO 8601 in UTC and milliseconds, as Genesys and the AWS console write it.</summary>
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Written => _written;

    public void Write(string name, string? text)
    {
        if (AttributeText.Clean(text) is { } clean)
        {
            _written.Add(name, clean);
        }
    }

    public void Write(string name, int number) => Write(name, number.ToString(CultureInfo.InvariantCulture));

    public void Write(string name, DateTimeOffset? time) =>
        Write(name, time?.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture));
}
