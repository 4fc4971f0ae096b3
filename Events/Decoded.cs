namespace Events;

/// <summary>What the bytes of a message turned out to be.</summary>
public abstract record Decoded
{
    private Decoded() { }

    public sealed record Event(GenesysEvent Value) : Decoded;

    /// <param name="Reason">The code an operator filters by.</param>
    /// <param name="Detail">Which member, and of what kind; never what it held.</param>
    public sealed record Poison(PoisonReason Reason, string Detail) : Decoded;
}
