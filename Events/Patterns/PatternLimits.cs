namespace Events.Patterns;

/// <summary>What a pattern may cost. The defaults are the service's own.</summary>
public sealed record PatternLimits
{
    public static PatternLimits Default { get; } = new();

    // The service's quota; an account can have it raised.
    public int CharactersMax { get; init; } = 4096;

    // Every $or multiplies the ways a pattern can match.
    public int AlternativesMax { get; init; } = 1000;

    // How many beginnings of a field's wildcards one value may fit; null for any number.
    public int? WildcardComplexityMax { get; init; } = 10;

    // Patterns written by people stay under ten levels. The parser recurses once a level.
    public int DepthMax { get; init; } = 64;
}
