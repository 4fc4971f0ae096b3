namespace Events.Patterns.Operators;

internal sealed class ExactText(byte[] text) : ValueTest
{
    internal override bool Matches(in EventValue value) =>
        value.Kind == ValueKind.Text && value.Bytes.SequenceEqual(text);
}

/// <summary>Equal by value (300 = 3.0e2), or written alike where the value cannot be compared.</summary>
internal sealed class ExactNumber(byte[] literal) : ValueTest
{
    private readonly double _number = JsonNumber.ToComparable(literal);

    internal override bool Matches(in EventValue value) =>
        value.Kind == ValueKind.Number && (value.Number == _number || value.Bytes.SequenceEqual(literal));
}

/// <summary>true, false or null.</summary>
internal sealed class ExactLiteral(ValueKind kind) : ValueTest
{
    internal override bool Matches(in EventValue value) => value.Kind == kind;
}
