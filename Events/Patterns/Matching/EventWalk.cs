using System.Text.Json;
using System.Text.Unicode;
using Events.Patterns.Operators;

namespace Events.Patterns.Matching;

/// <summary>One pass over one event. Only what the pattern names is looked at; the rest is merely checked to be JSON.</summary>
internal ref struct EventWalk
{
    private const int DepthMax = 1000;
    private const int UnescapedOnStack = 256;

    private readonly MatchProgram _program;
    private readonly ReadOnlySpan<byte> _event;
    private Utf8JsonReader _reader;
    private Scopes _scopes;

    internal EventWalk(MatchProgram program, ReadOnlySpan<byte> utf8Event, Span<ulong> room)
    {
        _program = program;
        _event = utf8Event;
        _reader = new Utf8JsonReader(utf8Event, new JsonReaderOptions { MaxDepth = DepthMax });
        _scopes = new Scopes(program, room);
    }

    internal readonly long Weighed => _scopes.Weighed;

    internal bool TryMatch(Span<bool> matched)
    {
        if (!Utf8.IsValid(_event))
        {
            return false;
        }

        try
        {
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            WalkObject(_program.Root);

            // Nothing but white space may follow; the reader refuses the rest.
            _reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }

        _scopes.Conclude(matched);
        return true;
    }

    internal void Dispose() => _scopes.Dispose();

    private void WalkObject(PatternNode node)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = _reader.ValueIsEscaped ? DescendEscaped(node) : node.Descend(_reader.ValueSpan);
            _reader.Read();
            if (child is null)
            {
                _reader.Skip();
            }
            else
            {
                WalkValue(child);
            }
        }
    }

    private void WalkValue(PatternNode node)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject when node.IsLeaf:
                _reader.Skip();
                break;
            case JsonTokenType.StartObject:
                WalkObject(node);
                break;
            case JsonTokenType.StartArray when node.IsLeaf:
                WalkLeaves(node);
                break;
            case JsonTokenType.StartArray:
                WalkElements(node);
                break;
            default:
                Test(node);
                break;
        }
    }

    /// <summary>One condition at a time looks at an array like this, so its elements need not be told apart.</summary>
    private void WalkLeaves(PatternNode node)
    {
        var depth = _reader.CurrentDepth;
        while (_reader.Read() && (_reader.TokenType != JsonTokenType.EndArray || _reader.CurrentDepth > depth))
        {
            switch (_reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    _reader.Skip();
                    break;
                case JsonTokenType.StartArray or JsonTokenType.EndArray:
                    break;
                default:
                    Test(node);
                    break;
            }
        }
    }

    /// <summary>Conditions that go through one array must hold in one element of it.</summary>
    private void WalkElements(PatternNode node)
    {
        var entered = false;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                _scopes.EnterElement();
                entered = true;
                WalkValue(node);
                _scopes.LeaveElement(node);
            }
            else
            {
                Test(node);
            }
        }

        if (entered)
        {
            _scopes.LeaveArray(node);
        }
    }

    private void Test(PatternNode node)
    {
        if (node.Conditions.Length == 0)
        {
            return;
        }

        if (_reader.TokenType == JsonTokenType.String && _reader.ValueIsEscaped)
        {
            TestEscaped(node);
            return;
        }

        var kind = _reader.TokenType switch
        {
            JsonTokenType.String => ValueKind.Text,
            JsonTokenType.Number => ValueKind.Number,
            JsonTokenType.True => ValueKind.True,
            JsonTokenType.False => ValueKind.False,
            _ => ValueKind.Null,
        };
        _scopes.Record(node, new EventValue(kind, _reader.ValueSpan));
    }

    private void TestEscaped(PatternNode node)
    {
        using var text = new UnescapedText(_reader.ValueSpan, stackalloc byte[UnescapedOnStack]);
        _scopes.Record(node, new EventValue(ValueKind.Text, text.Bytes));
    }

    private readonly PatternNode? DescendEscaped(PatternNode node)
    {
        using var name = new UnescapedText(_reader.ValueSpan, stackalloc byte[UnescapedOnStack]);
        return node.Descend(name.Bytes);
    }
}
