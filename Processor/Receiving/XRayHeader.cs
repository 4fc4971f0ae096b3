namespace Processor.Receiving;

/// <summary>
/// The trace that EventBridge gives a message when the rule's target is the queue itself: X-Ray's form of the ids that
/// <c>traceparent</c> has. <c>Root=1-{8 hex}-{24 hex};Parent={16 hex};Sampled=1</c>
/// </summary>
internal static class XRayHeader
{
    private const int RootLength = 35;
    private const int ParentLength = 16;

    /// <returns>The same as a <c>traceparent</c>; nothing where there is no parent to be a child of.</returns>
    public static string? ToTraceParent(string? header)
    {
        string? root = null;
        string? parent = null;
        var flags = "00";
        foreach (var part in (header ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            switch (part.Split('=', 2))
            {
                case ["Root", { Length: RootLength } value] when value.StartsWith("1-", StringComparison.Ordinal):
                    root = value[2..10] + value[11..];
                    break;
                case ["Parent", { Length: ParentLength } value]:
                    parent = value;
                    break;
                case ["Sampled", "1"]:
                    flags = "01";
                    break;
            }
        }

        return root is not null && parent is not null && IsHex(root) && IsHex(parent)
            ? $"00-{root}-{parent}-{flags}"
            : null;
    }

    private static bool IsHex(string id) => id.All(char.IsAsciiHexDigitLower);
}
