using System.Text;

namespace Processor.Testing.Outside;

/// <summary>What SQS refuses to take.</summary>
internal static class SqsLimits
{
    public const int AttributesMax = 10;
    public const int MessageBytesMax = 1024 * 1024;

    public static bool Takes(string body, IReadOnlyDictionary<string, string> attributes) =>
        body.Length > 0
        && attributes.Count <= AttributesMax
        && attributes.Values.All(value => value.Length > 0)
        && Encoding.UTF8.GetByteCount(body) + attributes.Sum(Bytes) <= MessageBytesMax;

    private static int Bytes(KeyValuePair<string, string> attribute) =>
        Encoding.UTF8.GetByteCount(attribute.Key) + "String".Length + Encoding.UTF8.GetByteCount(attribute.Value);
}
