namespace Events.Patterns.Operators;

/// <summary><c>{"exists": true}</c>: any leaf, null as well; an object is none and an empty array has none.</summary>
internal sealed class AnyLeaf : ValueTest
{
    internal override bool Matches(in EventValue value) => true;
}

/// <summary><c>{"exists": false}</c>: met by no leaf; the condition that has it holds where its path has none.</summary>
internal sealed class NoLeaf : ValueTest
{
    internal override bool Matches(in EventValue value) => false;
}
