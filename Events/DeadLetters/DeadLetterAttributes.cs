using Events.Attributes;

namespace Events.DeadLetters;

/// <summary>
/// What a dead letter says about itself, as the message attributes of SQS: all of them strings, ten being all that a
/// message may have. The body is the envelope, byte for byte.
/// </summary>
public sealed record DeadLetterAttributes
{
    /// <summary>The reason of a message that carries none: SQS moved it, because it was received too often.</summary>
    public const string MovedBySqs = "moved-by-sqs";

    /// <summary>A code that operators filter by, such as <c>missing-member</c>; behind a colon, what was meant in this case.</summary>
    public required string Reason { get; init; }

    public required FailureClass Class { get; init; }

    /// <summary>How often it was tried, in the class that ended it.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset? FirstFailedAt { get; init; }

    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>Missing where the message never became an event.</summary>
    public string? EventKey { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>When it was first sent to the queue it failed in. A redrive resets SQS's own sent time.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The SQS id under which it failed.</summary>
    public string? MessageId { get; init; }

    /// <summary>The event key of the letter this one was edited from.</summary>
    public string? Parent { get; init; }

    /// <summary>The part of <see cref="Reason"/> that is the same for all letters of its kind.</summary>
    public string ReasonCode => Reason.Split(':', 2)[0];

    /// <summary>
    /// Under which the attempts of an event are counted: one record for all copies of an event, and a new one for each redrive.
    /// Whoever sends a dead letter back has mended something, and the old count would end it at its first failure.
    /// </summary>
    /// <param name="eventKey">Of the event.</param>
    /// <param name="messageId">The id under which it failed before it was sent back.</param>
    /// <param name="lastFailedAt">When it did; null for what is no redrive.</param>
    public static string AttemptsKeyOf(string eventKey, string? messageId, DateTimeOffset? lastFailedAt) =>
        lastFailedAt is { } failedAt
            ? $"{eventKey}#redriven:{messageId}@{failedAt.ToUnixTimeMilliseconds()}"
            : eventKey;

    public IReadOnlyDictionary<string, string> ToAttributes()
    {
        var attributes = new AttributeWriter();
        attributes.Write(DeadLetterAttributeNames.Reason, Reason);
        attributes.Write(DeadLetterAttributeNames.Class, Class.Code);
        attributes.Write(DeadLetterAttributeNames.Attempts, Attempts);
        attributes.Write(DeadLetterAttributeNames.FirstFailedAt, FirstFailedAt);
        attributes.Write(DeadLetterAttributeNames.LastFailedAt, LastFailedAt);
        attributes.Write(DeadLetterAttributeNames.EventKey, EventKey);
        attributes.Write(DeadLetterAttributeNames.TraceParent, TraceParent);
        attributes.Write(DeadLetterAttributeNames.SentAt, SentAt);
        attributes.Write(DeadLetterAttributeNames.MessageId, MessageId);
        attributes.Write(DeadLetterAttributeNames.Parent, Parent);
        return attributes.Written;
    }

    /// <summary>Takes what is there; an attribute that is missing or unreadable is a fact unknown, never an error.</summary>
    public static DeadLetterAttributes From(IReadOnlyDictionary<string, string> attributes) =>
        new()
        {
            Reason = attributes.Text(DeadLetterAttributeNames.Reason) ?? MovedBySqs,
            Class = FailureClass.Of(attributes.Text(DeadLetterAttributeNames.Class)),
            Attempts = attributes.Number(DeadLetterAttributeNames.Attempts) ?? 0,
            FirstFailedAt = attributes.Time(DeadLetterAttributeNames.FirstFailedAt),
            LastFailedAt = attributes.Time(DeadLetterAttributeNames.LastFailedAt),
            EventKey = attributes.Text(DeadLetterAttributeNames.EventKey),
            TraceParent = attributes.Text(DeadLetterAttributeNames.TraceParent),
            SentAt = attributes.Time(DeadLetterAttributeNames.SentAt),
            MessageId = attributes.Text(DeadLetterAttributeNames.MessageId),
            Parent = attributes.Text(DeadLetterAttributeNames.Parent),
        };
}
