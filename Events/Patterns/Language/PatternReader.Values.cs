using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Events.Patterns.Matching;
using Events.Patterns.Operators;

namespace Events.Patterns.Language;

internal ref partial struct PatternReader
{
    private const string OneKeyOnly = "Only one key allowed in match expression";

    private Condition? ReadCondition()
    {
        var tests = new List<ValueTest>();
        while (Next() != JsonTokenType.EndArray)
        {
            if (ReadValue() is not { } test)
            {
                return null;
            }

            tests.Add(test);
        }

        if (tests.Count == 0)
        {
            Fail("Empty arrays are not allowed");
            return null;
        }

        if (WildcardComplexity.Exceeds(_limits.WildcardComplexityMax, tests))
        {
            Fail(
                "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character"
            );
            return null;
        }

        return new Condition(_path.Joined, tests);
    }

    private ValueTest? ReadValue() =>
        _reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadExpression(),
            JsonTokenType.String => TryReadText(out var text) ? new ExactText(Utf8Of(text)) : null,
            JsonTokenType.Number => new ExactNumber(_reader.ValueSpan.ToArray()),
            JsonTokenType.True => new ExactLiteral(ValueKind.True),
            JsonTokenType.False => new ExactLiteral(ValueKind.False),
            JsonTokenType.Null => new ExactLiteral(ValueKind.Null),
            _ => Refuse("Match value must be String, number, true, false, or null"),
        };

    private ValueTest? ReadExpression()
    {
        if (Next() != JsonTokenType.PropertyName)
        {
            return Refuse("Match expression name not found");
        }

        if (!TryReadText(out var name))
        {
            return null;
        }

        Next();
        var test = name switch
        {
            "exactly" => ReadString("exact") is { } text ? new ExactText(Utf8Of(text)) : null,
            "prefix" => ReadAffix(name, Part.Start),
            "suffix" => ReadAffix(name, Part.End),
            "equals-ignore-case" => ReadString(name) is { } text ? new IgnoreCase(text, Part.Whole) : null,
            "wildcard" => ReadWildcard(),
            // The service says "prefix" of cidr, too.
            "cidr" => ReadString("prefix") is { } block ? ReadCidr(block) : null,
            "numeric" => ReadNumeric(),
            "exists" => ReadExists(),
            "anything-but" => ReadAnythingBut(),
            _ => Refuse($"Unrecognized match type {name}"),
        };

        return test is null || Next() == JsonTokenType.EndObject ? test : Refuse(OneKeyOnly);
    }

    private ValueTest? ReadAffix(string name, Part part)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return ReadString(name) is not { } text ? null
                : part == Part.Start ? new Prefix(Utf8Of(text))
                : new Suffix(Utf8Of(text));
        }

        if (Next() != JsonTokenType.PropertyName)
        {
            return Refuse($"{(part == Part.Start ? "Prefix" : "Suffix")} expression name not found");
        }

        if (!TryReadText(out var inner))
        {
            return null;
        }

        if (inner != "equals-ignore-case")
        {
            return Refuse($"Unsupported {name} pattern: {inner}");
        }

        Next();
        return ReadString(inner) is not { } ignoringCase ? null
            : Next() == JsonTokenType.EndObject ? new IgnoreCase(ignoringCase, part)
            : Refuse(OneKeyOnly);
    }

    private ValueTest? ReadWildcard()
    {
        if (ReadString("wildcard") is not { } text)
        {
            return null;
        }

        var wildcard = Wildcard.Parse(Utf8Of(text), out var fault);
        return wildcard ?? Refuse(fault!);
    }

    private ValueTest? ReadCidr(string block)
    {
        var cidr = Cidr.Parse(block, out var fault);
        return cidr ?? Refuse(fault!);
    }

    private ValueTest? ReadExists() =>
        _reader.TokenType switch
        {
            JsonTokenType.True => new AnyLeaf(),
            JsonTokenType.False => new NoLeaf(),
            _ => Refuse("exists match pattern must be either true or false."),
        };

    private string? ReadString(string what)
    {
        if (_reader.TokenType != JsonTokenType.String)
        {
            Fail($"{what} match pattern must be a string");
            return null;
        }

        return TryReadText(out var text) ? text : null;
    }

    private bool TryReadText([NotNullWhen(true)] out string? text)
    {
        var utf8 = new byte[_reader.ValueSpan.Length];
        var length = JsonText.Unescape(_reader.ValueSpan, utf8);
        if (!Utf8.IsValid(utf8.AsSpan(0, length)))
        {
            text = null;
            return Fail("Invalid JSON: an unpaired surrogate");
        }

        text = Encoding.UTF8.GetString(utf8, 0, length);
        return true;
    }

    private static byte[] Utf8Of(string text) => Encoding.UTF8.GetBytes(text);
}
