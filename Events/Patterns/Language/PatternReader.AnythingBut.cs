using System.Text.Json;
using Events.Patterns.Operators;

namespace Events.Patterns.Language;

internal ref partial struct PatternReader
{
    private ValueTest? ReadAnythingBut()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return ReadExclusions(inner: null);
        }

        if (Next() != JsonTokenType.PropertyName)
        {
            return Refuse("Anything-But expression name not found");
        }

        if (!TryReadText(out var inner))
        {
            return null;
        }

        if (inner is not ("prefix" or "suffix" or "equals-ignore-case" or "wildcard"))
        {
            return Refuse($"Unsupported anything-but pattern: {inner}");
        }

        Next();
        return ReadExclusions(inner) is not { } test ? null
            : Next() == JsonTokenType.EndObject ? test
            : Refuse(OneKeyOnly);
    }

    /// <summary>One value or a list of them.</summary>
    private ValueTest? ReadExclusions(string? inner)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartArray:
                return inner is null ? ReadPlainList() : ReadInnerList(inner);
            case JsonTokenType.String or JsonTokenType.Number:
                return ReadExclusion(inner) is { } excluded ? new AnythingBut([excluded]) : null;
            default:
                return Refuse("Value of anything-but must be an array or single string/number value.");
        }
    }

    private ValueTest? ReadPlainList()
    {
        var excluded = new List<ValueTest>();
        while (Next() != JsonTokenType.EndArray)
        {
            if (_reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
            {
                return Refuse("Inside anything but list, start|null|boolean is not supported.");
            }

            if (ReadExclusion(inner: null) is not { } test)
            {
                return null;
            }

            excluded.Add(test);
        }

        return excluded.Count > 0 && excluded.TrueForAll(test => test.GetType() == excluded[0].GetType())
            ? new AnythingBut(excluded)
            : Refuse("Inside anything but list, either all values are number or string, mixed type is not supported");
    }

    private ValueTest? ReadInnerList(string inner)
    {
        var excluded = new List<ValueTest>();
        while (Next() != JsonTokenType.EndArray)
        {
            if (ReadExclusion(inner) is not { } test)
            {
                return null;
            }

            excluded.Add(test);
        }

        return excluded.Count > 0 ? new AnythingBut(excluded) : Refuse("Empty arrays are not allowed");
    }

    private ValueTest? ReadExclusion(string? inner)
    {
        if (_reader.TokenType == JsonTokenType.Number && inner is null)
        {
            return IsComparable() ? new ExactNumber(_reader.ValueSpan.ToArray()) : null;
        }

        if (_reader.TokenType != JsonTokenType.String)
        {
            return Refuse(
                inner switch
                {
                    "equals-ignore-case" =>
                        "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
                    "wildcard" => "wildcard match pattern must be a string",
                    _ => "prefix/suffix match pattern must be a string",
                }
            );
        }

        if (inner == "wildcard")
        {
            return ReadWildcard();
        }

        if (!TryReadText(out var text))
        {
            return null;
        }

        return inner switch
        {
            null => new ExactText(Utf8Of(text)),
            "equals-ignore-case" => new IgnoreCase(text, Part.Whole),
            _ when text.Length == 0 => Refuse("Null prefix/suffix not allowed"),
            "prefix" => new Prefix(Utf8Of(text)),
            _ => new Suffix(Utf8Of(text)),
        };
    }
}
