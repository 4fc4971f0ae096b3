namespace Events.Patterns;

public enum PatternMatch
{
    NotMatched,
    Matched,

    /// <summary>The event is no JSON object: malformed, truncated, not UTF-8, or nested deeper than 1,000 levels.</summary>
    InvalidEvent,
}
