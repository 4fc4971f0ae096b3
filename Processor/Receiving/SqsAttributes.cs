using System.Text;

namespace Processor.Receiving;

/// <summary>Message attributes as plain strings: all that this system writes are of type String.</summary>
internal static class SqsAttributes
{
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    public const string DataType = "String";

    /// <summary>What SQS counts of them as payload: name, type and value of each.</summary>
    public static int BytesOf(IReadOnlyDictionary<string, string> attributes) =>
        attributes.Count == 0
            ? 0
            : attributes.Sum(pair =>
                Encoding.UTF8.GetByteCount(pair.Key) + DataType.Length + Encoding.UTF8.GetByteCount(pair.Value)
            );
}
