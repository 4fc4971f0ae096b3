namespace Events.Patterns;

/// <summary>An EventBridge event pattern, compiled once; immutable and safe to share between threads.</summary>
public sealed class EventPattern
{
    private readonly byte[] _compiled = [];

    private EventPattern() { }

    public static ParsedPattern Parse(ReadOnlySpan<byte> utf8Json)
    {
        return utf8Json.IsEmpty
            ? new ParsedPattern.Invalid("$", "Filter is not an object", 0)
            : new ParsedPattern.Valid(new EventPattern());
    }

    public static ParsedPattern Parse(string json) => Parse(System.Text.Encoding.UTF8.GetBytes(json ?? string.Empty));

    public PatternMatch Matches(ReadOnlySpan<byte> utf8Event)
    {
        return utf8Event.IsEmpty || _compiled.Length > 0 ? PatternMatch.InvalidEvent : PatternMatch.NotMatched;
    }
}
