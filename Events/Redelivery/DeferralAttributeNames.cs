namespace Events.Redelivery;

/// <summary>The names on the wire.</summary>
public static class DeferralAttributeNames
{
    public const string NotBefore = "not-before";
    public const string FirstSentAt = "first-sent-at";
    public const string Deferrals = "deferrals";

    public static IReadOnlyList<string> All { get; } = [NotBefore, FirstSentAt, Deferrals];
}
