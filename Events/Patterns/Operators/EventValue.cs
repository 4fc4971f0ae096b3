namespace Events.Patterns.Operators;

internal enum ValueKind
{
    Text,
    Number,
    True,
    False,
    Null,
}

/// <summary>A leaf of the event: text without its escapes, or the literal as it was written.</summary>
internal readonly ref struct EventValue
{
    internal EventValue(ValueKind kind, ReadOnlySpan<byte> bytes)
    {
        Kind = kind;
        Bytes = bytes;
        Number = kind == ValueKind.Number ? JsonNumber.ToComparable(bytes) : double.NaN;
    }

    internal ValueKind Kind { get; }

    internal ReadOnlySpan<byte> Bytes { get; }

    /// <summary>NaN when it is no number, or one that cannot be compared: it then compares with nothing.</summary>
    internal double Number { get; }
}
