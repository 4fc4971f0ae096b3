using System.Text;
using System.Text.Json;
using Events.Patterns;

namespace Ingestor.Filtering;

/// <summary>
/// <c>test-pattern</c>: one line <c>{"pattern":…,"event":…}</c> in, one line out: <c>true</c>, <c>false</c> or <c>invalid: reason</c>.
/// </summary>
internal static class PatternTrial
{
    public const string Command = "test-pattern";

    public static async Task RunAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            await output.WriteLineAsync(Judge(line));
            await output.FlushAsync(cancellationToken);
        }
    }

    public static string Judge(string line)
    {
        if (Read(line) is not ({ } pattern, { } @event))
        {
            return "invalid: a line is a JSON object with the members \"pattern\" and \"event\"";
        }

        return EventPattern.Parse(pattern) switch
        {
            ParsedPattern.Valid valid => valid.Pattern.Matches(@event) switch
            {
                PatternMatch.Matched => "true",
                PatternMatch.NotMatched => "false",
                _ => "invalid: the event is not a JSON object",
            },
            ParsedPattern.Invalid invalid => $"invalid: {OnOneLine(invalid)}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static (byte[]? Pattern, byte[]? Event)? Read(string line)
    {
        var json = Encoding.UTF8.GetBytes(line);
        try
        {
            byte[]? pattern = null;
            byte[]? @event = null;
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1_024 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                var value = ReadValue(ref reader, json);
                (pattern, @event) = name switch
                {
                    "pattern" => (value, @event),
                    "event" => (pattern, value),
                    _ => (pattern, @event),
                };
            }

            reader.Read();
            return (pattern, @event);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The JSON as it stands there, or, where it is a string, the JSON in the string.</summary>
    private static byte[] ReadValue(ref Utf8JsonReader reader, byte[] json)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return Encoding.UTF8.GetBytes(reader.GetString()!);
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    private static string OnOneLine(ParsedPattern.Invalid invalid)
    {
        var reason = invalid.Path == "$" ? invalid.Reason : $"{invalid.Path}: {invalid.Reason}";
        return reason.ReplaceLineEndings(" ");
    }
}
