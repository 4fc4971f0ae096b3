using System.Buffers;
using System.Text;

namespace Events.Patterns.Operators;

internal enum Part
{
    Whole,
    Start,
    End,
}

/// <summary>
/// Each character of the pattern stands for its lower and its upper case, and nothing is folded in the event: K matches k,
/// but not the Kelvin sign, although that one's lower case is k.
/// </summary>
internal sealed class IgnoreCase : ValueTest
{
    private readonly Rune[] _lower;
    private readonly Rune[] _upper;
    private readonly Part _part;

    internal IgnoreCase(string text, Part part)
    {
        _lower = [.. text.EnumerateRunes().Select(Rune.ToLowerInvariant)];
        _upper = [.. text.EnumerateRunes().Select(Rune.ToUpperInvariant)];
        _part = part;
    }

    internal override bool Matches(in EventValue value) =>
        value.Kind == ValueKind.Text
        && (_part == Part.End ? MatchesBackwards(value.Bytes) : MatchesForwards(value.Bytes));

    private bool MatchesForwards(ReadOnlySpan<byte> text)
    {
        for (var index = 0; index < _lower.Length; index++)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done || !Fits(index, rune))
            {
                return false;
            }

            text = text[length..];
        }

        return _part == Part.Start || text.IsEmpty;
    }

    private bool MatchesBackwards(ReadOnlySpan<byte> text)
    {
        for (var index = _lower.Length - 1; index >= 0; index--)
        {
            if (
                Rune.DecodeLastFromUtf8(text, out var rune, out var length) != OperationStatus.Done
                || !Fits(index, rune)
            )
            {
                return false;
            }

            text = text[..^length];
        }

        return true;
    }

    private bool Fits(int index, Rune rune) => rune == _lower[index] || rune == _upper[index];
}
