namespace Events.Patterns.Operators;

/// <summary>
/// Text with <c>*</c> for any run of bytes. The parts between stars are looked for from left to right; the leftmost
/// place is always good enough, so nothing is ever tried twice.
/// </summary>
internal sealed class Wildcard : ValueTest
{
    private readonly byte[][] _parts;

    private Wildcard(byte[][] parts) => _parts = parts;

    /// <summary>The text between the stars.</summary>
    internal IReadOnlyList<byte[]> Parts => _parts;

    internal override bool Matches(in EventValue value)
    {
        if (value.Kind != ValueKind.Text)
        {
            return false;
        }

        var text = value.Bytes;
        var first = _parts[0];
        if (_parts.Length == 1)
        {
            return text.SequenceEqual(first);
        }

        var last = _parts[^1];
        if (text.Length < first.Length + last.Length || !text.StartsWith(first) || !text.EndsWith(last))
        {
            return false;
        }

        text = text[first.Length..^last.Length];
        foreach (var part in _parts.AsSpan(1, _parts.Length - 2))
        {
            var at = text.IndexOf(part);
            if (at < 0)
            {
                return false;
            }

            text = text[(at + part.Length)..];
        }

        return true;
    }

    /// <summary>Reads stars and escapes; says what is wrong with them in the service's words, counting bytes from 1.</summary>
    internal static Wildcard? Parse(ReadOnlySpan<byte> text, out string? fault)
    {
        var parts = new List<byte[]>();
        var part = new List<byte>();
        fault = null;

        for (var index = 0; index < text.Length; index++)
        {
            var next = index + 1 < text.Length ? text[index + 1] : (byte)0;
            switch (text[index])
            {
                case (byte)'*' when next == (byte)'*':
                    fault = $"Consecutive wildcard characters at pos {index + 1}";
                    return null;
                case (byte)'*':
                    parts.Add([.. part]);
                    part.Clear();
                    break;
                case (byte)'\\' when next is (byte)'*' or (byte)'\\':
                    part.Add(next);
                    index++;
                    break;
                case (byte)'\\':
                    fault = $"Invalid escape character at pos {index + 1}";
                    return null;
                case var literal:
                    part.Add(literal);
                    break;
            }
        }

        parts.Add([.. part]);
        return new Wildcard([.. parts]);
    }
}
