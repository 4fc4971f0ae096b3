namespace Ingestor.Receiving;

/// <summary>What came of reading a body.</summary>
internal abstract record BodyRead
{
    private BodyRead() { }

    /// <summary>All of it. Whoever gets it gives it back.</summary>
    internal sealed record Whole(RentedBody Body) : BodyRead;

    internal sealed record TooLarge(int BytesMax) : BodyRead;

    /// <summary>It did not arrive in time.</summary>
    internal sealed record TooSlow : BodyRead;

    /// <summary>The memory for bodies is taken.</summary>
    internal sealed record NoRoom : BodyRead;

    internal sealed record Malformed(string Detail) : BodyRead;

    internal sealed record UnsupportedCoding(string Coding) : BodyRead;

    /// <summary>The caller hung up.</summary>
    internal sealed record CallerGone : BodyRead;
}
