using System.Text.Json;
using Events.Patterns.Operators;

namespace Events.Patterns.Language;

/// <summary>
/// Reads a pattern into its alternatives, or stops at the first fault. The checks, their order and their words are the service's
/// where it is known to have them. A method that returns false or null has left a fault.
/// </summary>
internal ref partial struct PatternReader
{
    private readonly PatternLimits _limits;
    private readonly PatternPath _path = new();
    private readonly bool _isBlank;
    private Utf8JsonReader _reader;

    internal PatternReader(ReadOnlySpan<byte> utf8Json, PatternLimits limits)
    {
        _limits = limits;
        _isBlank = utf8Json.Trim(" \t\r\n"u8).IsEmpty;
        _reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = limits.DepthMax });
    }

    internal ParsedPattern.Invalid? Fault { get; private set; }

    internal IReadOnlyList<Alternative>? Read()
    {
        List<Alternative> alternatives = [new()];
        try
        {
            if (_isBlank || Next() != JsonTokenType.StartObject)
            {
                Fail("Filter is not an object");
                return null;
            }

            if (!ReadFields(ref alternatives, inOr: false))
            {
                return null;
            }

            // Nothing but white space may follow.
            _reader.Read();
            return alternatives;
        }
        catch (JsonException e)
        {
            Fail($"Invalid JSON: {e.Message.Split(" LineNumber:")[0]}");
            return null;
        }
    }

    private bool ReadFields(ref List<Alternative> alternatives, bool inOr)
    {
        var any = false;
        while (Next() == JsonTokenType.PropertyName)
        {
            any = true;
            if (
                !TryReadText(out var name)
                || !(name == "$or" ? ReadOr(ref alternatives) : ReadField(name, ref alternatives, inOr))
            )
            {
                return false;
            }
        }

        return any || Fail("Empty objects are not allowed");
    }

    private bool ReadField(string name, ref List<Alternative> alternatives, bool inOr)
    {
        _path.EnterField(name);
        if (inOr && Reserved.Contains(name))
        {
            return Fail($"{name} is Ruler reserved fieldName which cannot be used inside $or.");
        }

        switch (Next())
        {
            case JsonTokenType.StartObject:
                if (!ReadFields(ref alternatives, inOr))
                {
                    return false;
                }

                break;
            case JsonTokenType.StartArray:
                if (ReadCondition() is not { } condition)
                {
                    return false;
                }

                alternatives.ForEach(alternative => alternative.Require(condition));
                break;
            default:
                return Fail($"\"{name}\" must be an object or an array");
        }

        _path.LeaveField();
        return true;
    }

    private bool ReadOr(ref List<Alternative> alternatives)
    {
        _path.EnterOr();
        if (Next() != JsonTokenType.StartArray)
        {
            return Fail("It must be an Array followed with $or.");
        }

        var branches = 0;
        var all = new List<Alternative>();
        while (Next() != JsonTokenType.EndArray)
        {
            _path.EnterBranch(branches++);
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                return Fail("Only JSON object is allowed in array of $or relationship.");
            }

            var branch = alternatives.ConvertAll(alternative => alternative.Copy());
            if (!ReadFields(ref branch, inOr: true))
            {
                return false;
            }

            all.AddRange(branch);
            if (all.Count > _limits.AlternativesMax)
            {
                return Fail($"Or operator is producing over {_limits.AlternativesMax} rule combinations");
            }
        }

        _path.LeaveBranches();
        if (branches < 2)
        {
            return Fail("There must have at least 2 Objects in $or relationship.");
        }

        _path.LeaveOr();
        alternatives = all;
        return true;
    }

    private JsonTokenType Next() => _reader.Read() ? _reader.TokenType : JsonTokenType.None;

    private bool Fail(string reason)
    {
        Fault = new ParsedPattern.Invalid(_path.ToString(), reason, (int)_reader.BytesConsumed);
        return false;
    }

    private ValueTest? Refuse(string reason)
    {
        Fail(reason);
        return null;
    }
}
