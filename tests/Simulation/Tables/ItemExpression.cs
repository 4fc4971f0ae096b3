using System.Collections.Concurrent;
using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Simulation.Tables;

/// <summary>
/// The part of DynamoDB's condition and update expressions that conditional writes of single items need. What is not understood is
/// refused: an expression that this reads in another way than the service would is worse than none.
/// </summary>
internal static class ItemExpression
{
    private static readonly ConcurrentDictionary<string, string[]> Tokens = new(StringComparer.Ordinal);
    private static readonly char[] Signs = ['(', ')', ',', '=', '<'];

    /// <summary>Whether the item, which may not be there, is as the request's condition wants it.</summary>
    public static bool Holds(UpdateItemRequest request, Dictionary<string, AttributeValue>? item) =>
        string.IsNullOrEmpty(request.ConditionExpression)
        || new Condition(new Reader(request, request.ConditionExpression), item ?? []).Holds();

    /// <returns>The item after the request's update.</returns>
    public static Dictionary<string, AttributeValue> Apply(
        UpdateItemRequest request,
        Dictionary<string, AttributeValue>? item
    )
    {
        var updated = new Dictionary<string, AttributeValue>(item ?? []);
        foreach (var (name, value) in request.Key)
        {
            updated[name] = value;
        }

        var reader = new Reader(request, request.UpdateExpression);
        for (var clause = reader.Next(); clause.Length > 0; clause = reader.Next())
        {
            do
            {
                var name = reader.Name();
                switch (clause)
                {
                    case "SET":
                        reader.Expect("=");
                        updated[name] = reader.Value();
                        break;
                    case "ADD":
                        updated[name] = Sum(updated.GetValueOrDefault(name), reader.Value());
                        break;
                    case "REMOVE":
                        updated.Remove(name);
                        break;
                    default:
                        throw new NotSupportedException($"{clause} in {request.UpdateExpression}");
                }
            } while (reader.Takes(","));
        }

        return updated;
    }

    private static AttributeValue Sum(AttributeValue? before, AttributeValue more) =>
        new() { N = (NumberOf(before) + NumberOf(more)).ToString(CultureInfo.InvariantCulture) };

    private static long NumberOf(AttributeValue? value) =>
        value is null ? 0 : long.Parse(value.N, CultureInfo.InvariantCulture);

    private static string[] TokensOf(string expression)
    {
        var spaced = expression;
        foreach (var sign in Signs)
        {
            spaced = spaced.Replace($"{sign}", $" {sign} ", StringComparison.Ordinal);
        }

        return spaced.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>One expression, from its first word to its last.</summary>
    private sealed class Reader(UpdateItemRequest request, string expression)
    {
        private readonly string[] _tokens = Tokens.GetOrAdd(expression, TokensOf);
        private int _position;

        /// <returns>Empty at the end.</returns>
        public string Next() => _position < _tokens.Length ? _tokens[_position++] : string.Empty;

        public bool Takes(string token)
        {
            var takes = _position < _tokens.Length && _tokens[_position] == token;
            _position += takes ? 1 : 0;
            return takes;
        }

        public void Expect(string token)
        {
            if (!Takes(token))
            {
                throw new NotSupportedException($"No {token} at word {_position} of {expression}");
            }
        }

        public string Name() =>
            Next() is ['#', ..] alias ? request.ExpressionAttributeNames[alias] : _tokens[_position - 1];

        public AttributeValue Value() => request.ExpressionAttributeValues[Next()];
    }

    /// <summary>AND before OR. All of it is read, also where the answer is known before its end.</summary>
    private sealed class Condition(Reader reader, Dictionary<string, AttributeValue> item)
    {
        public bool Holds()
        {
            var holds = AllHold();
            while (reader.Takes("OR"))
            {
                holds |= AllHold();
            }

            return holds;
        }

        private bool AllHold()
        {
            var hold = OneHolds();
            while (reader.Takes("AND"))
            {
                hold &= OneHolds();
            }

            return hold;
        }

        private bool OneHolds()
        {
            if (reader.Takes("("))
            {
                var holds = Holds();
                reader.Expect(")");
                return holds;
            }

            if (reader.Takes("attribute_not_exists"))
            {
                reader.Expect("(");
                var isMissing = !item.ContainsKey(reader.Name());
                reader.Expect(")");
                return isMissing;
            }

            var value = item.GetValueOrDefault(reader.Name());
            return reader.Takes("IN") ? IsAmong(value)
                : reader.Takes("=") ? AreEqual(value, reader.Value())
                : IsLess(value);
        }

        private bool IsAmong(AttributeValue? value)
        {
            reader.Expect("(");
            var isAmong = false;
            do
            {
                isAmong |= AreEqual(value, reader.Value());
            } while (reader.Takes(","));

            reader.Expect(")");
            return isAmong;
        }

        private bool IsLess(AttributeValue? value)
        {
            reader.Expect("<");
            var bound = reader.Value();
            return value is not null && NumberOf(value) < NumberOf(bound);
        }

        private static bool AreEqual(AttributeValue? value, AttributeValue other) =>
            value is not null && value.S == other.S && value.N == other.N;
    }
}
