namespace Events.DeadLetters;

/// <summary>The names on the wire. SQS allows ten attributes, so there is no room for another.</summary>
public static class DeadLetterAttributeNames
{
    public const string Reason = "reason";
    public const string Class = "class";
    public const string Attempts = "attempts";
    public const string FirstFailedAt = "first-failed-at";
    public const string LastFailedAt = "last-failed-at";
    public const string EventKey = "event-key";
    public const string TraceParent = "traceparent";
    public const string SentAt = "sent-at";
    public const string MessageId = "message-id";
    public const string Parent = "parent";

    public static IReadOnlyList<string> All { get; } =
    [Reason, Class, Attempts, FirstFailedAt, LastFailedAt, EventKey, TraceParent, SentAt, MessageId, Parent];
}
