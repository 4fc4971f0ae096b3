namespace Events.Patterns;

/// <summary>What became of a pattern's text: a pattern, or where and why it is none.</summary>
public abstract record ParsedPattern
{
    private ParsedPattern() { }

    public sealed record Valid(EventPattern Pattern) : ParsedPattern;

    /// <param name="Path">The field, as in <c>$.detail.eventBody.x</c>; <c>$</c> is the pattern itself.</param>
    /// <param name="Reason">What the service puts behind "Event pattern is not valid. Reason: ".</param>
    /// <param name="Offset">How many bytes of the UTF-8 text were read when it showed, where that says something.</param>
    public sealed record Invalid(string Path, string Reason, int? Offset) : ParsedPattern;
}
