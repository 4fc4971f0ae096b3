namespace Events.Patterns;

public enum PatternMatch
{
    NotMatched,
    Matched,

    /// <summary>The event is not a JSON object.</summary>
    InvalidEvent,
}
