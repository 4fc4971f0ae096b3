using Amazon.DynamoDBv2.Model;
using ServiceDefaults;

namespace Operations.Previewing;

/// <summary>What the table <c>effect-claims</c> says of one effect of one event. Claims are kept for longer than letters.</summary>
internal sealed record HeldClaim(string Handler, string State, string BodyHash, DateTimeOffset LeaseUntil)
{
    public bool IsCompleted => State == "completed";

    public bool IsCompletedFor(string bodyHash) => IsCompleted && BodyHash == bodyHash;

    /// <summary>It is under way, or may be. After a failure it is released, or the lease is over: whoever comes next runs it.</summary>
    public bool IsHeldAt(DateTimeOffset now) => State is "claimed" or "ambiguous" && LeaseUntil > now;

    public static HeldClaim From(string handler, Dictionary<string, AttributeValue> item) =>
        new(
            handler,
            item.GetValueOrDefault("state")?.S ?? "",
            item.GetValueOrDefault("bodyHash")?.S ?? "",
            ItemNumbers.InstantIn(item, "leaseUntil")
        );

    public static string KeyOf(string handler, string naturalKey) => $"{handler}#{naturalKey}";
}
