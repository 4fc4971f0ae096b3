using System.Text;
using System.Text.Json;
using Events.Patterns.Operators;

namespace Events.Patterns.Language;

internal ref partial struct PatternReader
{
    private const string TooManyElements = "Too many elements in numeric expression";

    private ValueTest? ReadNumeric()
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            return Refuse("Value of numeric must be an array.");
        }

        if (Next() != JsonTokenType.String)
        {
            return Refuse($"Invalid member in numeric match: {TokenText()}");
        }

        if (!TryReadText(out var comparison))
        {
            return null;
        }

        switch (comparison)
        {
            case "=":
                return ReadNumber("equals") is not { } equal ? null
                    : Next() == JsonTokenType.EndArray ? new ExactNumber(equal)
                    : Refuse(TooManyElements);
            case "<" or "<=":
                return ReadBound(comparison) is not { } top ? null
                    : Next() == JsonTokenType.EndArray ? new Numeric(null, top)
                    : Refuse(TooManyElements);
            case ">" or ">=":
                return ReadBound(comparison) is not { } bottom ? null
                    : Next() == JsonTokenType.EndArray ? new Numeric(bottom, null)
                    : ReadTop(bottom);
            default:
                return Refuse($"Unrecognized numeric range operator: {comparison}");
        }
    }

    private ValueTest? ReadTop(Bound bottom)
    {
        if (_reader.TokenType != JsonTokenType.String)
        {
            return Refuse($"Bad value in numeric range: {TokenText()}");
        }

        if (!TryReadText(out var comparison))
        {
            return null;
        }

        if (comparison is not ("<" or "<="))
        {
            return Refuse($"Bad numeric range operator: {comparison}");
        }

        if (ReadBound(comparison) is not { } top)
        {
            return null;
        }

        if (Next() != JsonTokenType.EndArray)
        {
            return Refuse("Too many terms in numeric range expression");
        }

        return bottom.Value < top.Value ? new Numeric(bottom, top) : Refuse("Bottom must be less than top");
    }

    private Bound? ReadBound(string comparison) =>
        ReadNumber(comparison) is { } literal
            ? new Bound(JsonNumber.ToComparable(literal), comparison.EndsWith('='))
            : null;

    private byte[]? ReadNumber(string of)
    {
        if (Next() != JsonTokenType.Number)
        {
            Fail($"Value of {of} must be numeric");
            return null;
        }

        return IsComparable() ? _reader.ValueSpan.ToArray() : null;
    }

    private bool IsComparable() =>
        !double.IsNaN(JsonNumber.ToComparable(_reader.ValueSpan)) || Fail($"Cannot compare number : {TokenText()}");

    private readonly string TokenText() =>
        _reader.TokenType switch
        {
            JsonTokenType.EndArray => "]",
            JsonTokenType.StartArray => "[",
            JsonTokenType.StartObject => "{",
            _ => Encoding.UTF8.GetString(_reader.ValueSpan),
        };
}
