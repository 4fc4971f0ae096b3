namespace Events.Patterns.Operators;

internal sealed class Prefix(byte[] prefix) : ValueTest
{
    internal override bool Matches(in EventValue value) =>
        value.Kind == ValueKind.Text && value.Bytes.StartsWith(prefix);
}

internal sealed class Suffix(byte[] suffix) : ValueTest
{
    internal override bool Matches(in EventValue value) => value.Kind == ValueKind.Text && value.Bytes.EndsWith(suffix);
}
