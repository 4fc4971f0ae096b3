namespace Ingestor.Sending;

/// <summary>What one call to SQS may hold; the service's numbers, not settings.</summary>
internal static class QueueLimits
{
    public const int EntriesMax = 10;

    /// <summary>For one message and for the sum of a batch: UTF-8 bytes of the bodies, names, types and values of attributes.</summary>
    public const int MessageBytesMax = 1_048_576;

    public const string TraceParentName = "traceparent";

    public const string TraceParentType = "String";

    /// <summary>A W3C traceparent has 55 characters.</summary>
    public static readonly int TraceParentBytes = TraceParentName.Length + TraceParentType.Length + 55;

    /// <summary>
    /// SQS carries the characters of XML 1.0. In JSON text that is valid UTF-8 only two can be wrong: U+FFFE and U+FFFF; a control
    /// character has to be escaped in JSON, and an escape is plain text here.
    /// </summary>
    public static bool HasIllegalCharacter(ReadOnlySpan<byte> json)
    {
        var rest = json;
        for (var at = rest.IndexOf(NearTheEndOfThePlane); at >= 0; at = rest.IndexOf(NearTheEndOfThePlane))
        {
            if (at + 2 < rest.Length && rest[at + 2] is 0xBE or 0xBF)
            {
                return true;
            }

            rest = rest[(at + 2)..];
        }

        return false;
    }

    private static ReadOnlySpan<byte> NearTheEndOfThePlane => [0xEF, 0xBF];
}
