namespace Events.Patterns.Operators;

/// <summary>Whether one leaf of an event is what one value of a pattern asks for.</summary>
internal abstract class ValueTest
{
    internal abstract bool Matches(in EventValue value);
}
