using Events.Attributes;

namespace Events.Redelivery;

/// <summary>
/// What a message says that was sent again because it must wait longer than its visibility may: a new message to SQS,
/// the same one to us, with no attempt counted.
/// </summary>
public sealed record DeferralAttributes
{
    /// <summary>It is not to be worked on before this. SQS delays at most 15 minutes, so it may come earlier.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it was sent for the first time. SQS counts retention anew from each sending; we do not.</summary>
    public DateTimeOffset? FirstSentAt { get; init; }

    public int Deferrals { get; init; }

    public IReadOnlyDictionary<string, string> ToAttributes()
    {
        var attributes = new AttributeWriter();
        attributes.Write(DeferralAttributeNames.NotBefore, NotBefore);
        attributes.Write(DeferralAttributeNames.FirstSentAt, FirstSentAt);
        attributes.Write(DeferralAttributeNames.Deferrals, Deferrals);
        return attributes.Written;
    }

    /// <summary>Of a message that was never deferred, all is unknown and the count is 0.</summary>
    public static DeferralAttributes From(IReadOnlyDictionary<string, string> attributes) =>
        new()
        {
            NotBefore = attributes.Time(DeferralAttributeNames.NotBefore),
            FirstSentAt = attributes.Time(DeferralAttributeNames.FirstSentAt),
            Deferrals = attributes.Number(DeferralAttributeNames.Deferrals) ?? 0,
        };
}
