using Amazon.SQS.Model;

namespace Processor.Receiving;

/// <summary>Message attributes as plain strings: all that this system writes are of type String.</summary>
internal static class SqsAttributes
{
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    public static Dictionary<string, MessageAttributeValue> Of(IReadOnlyDictionary<string, string> attributes) =>
        attributes.ToDictionary(
            pair => pair.Key,
            pair => new MessageAttributeValue { DataType = "String", StringValue = pair.Value },
            StringComparer.Ordinal
        );
}
