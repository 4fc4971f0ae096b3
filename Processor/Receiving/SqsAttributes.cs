using Amazon.SQS.Model;

namespace Processor.Receiving;

/// <summary>Message attributes as plain strings: all that this system writes are of type String.</summary>
internal static class SqsAttributes
{
    private static readonly Dictionary<string, string> None = [];

    public static IReadOnlyDictionary<string, string> Read(Dictionary<string, MessageAttributeValue>? attributes)
    {
        if (attributes is null or { Count: 0 })
        {
            return None;
        }

        var read = new Dictionary<string, string>(attributes.Count, StringComparer.Ordinal);
        foreach (var (name, value) in attributes)
        {
            if (value.StringValue is { } text)
            {
                read[name] = text;
            }
        }

        return read;
    }

    public static Dictionary<string, MessageAttributeValue> Of(IReadOnlyDictionary<string, string> attributes) =>
        attributes.ToDictionary(
            pair => pair.Key,
            pair => new MessageAttributeValue { DataType = "String", StringValue = pair.Value },
            StringComparer.Ordinal
        );
}
