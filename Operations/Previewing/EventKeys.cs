namespace Operations.Previewing;

/// <summary>The keys in a sort key: <c>{time}#{natural key}-{body hash}</c>.</summary>
internal readonly record struct EventKeys(string EventKey, string NaturalKey, string BodyHash)
{
    public static EventKeys Of(string sortKey)
    {
        var eventKey = sortKey[(sortKey.IndexOf('#', StringComparison.Ordinal) + 1)..];
        return eventKey.Split('-', 2) is [var naturalKey, var bodyHash]
            ? new EventKeys(eventKey, naturalKey, bodyHash)
            : new EventKeys(eventKey, eventKey, "");
    }
}
