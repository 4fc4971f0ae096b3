namespace Events.Patterns;

/// <summary>What became of a pattern's text: a pattern, or where and why it is none.</summary>
public abstract record ParsedPattern
{
    private ParsedPattern() { }

    public sealed record Valid(EventPattern Pattern) : ParsedPattern;

    /// <param name="Path">Where, as in <c>$.detail.eventBody.x</c>; <c>$</c> is the pattern itself.</param>
    /// <param name="Reason">Why, in words near the service's.</param>
    /// <param name="Offset">The byte of the UTF-8 text at which it was noticed, where one is known.</param>
    public sealed record Invalid(string Path, string Reason, int? Offset) : ParsedPattern;
}
