using System.Text;
using System.Text.Json;
using Events.Patterns;
using Ingestor.Receiving;

namespace Ingestor.PutEvents;

/// <summary><c>AWSEvents.TestEventPattern</c>: does the pattern match the event, asked before it becomes a rule.</summary>
internal static class TestEventPatternOperation
{
    private const int PatternCharactersMax = 4096;
    private const string NotAnEvent = "Parameter Event is not valid.";

    public static Task HandleAsync(HttpContext context, ReadOnlySpan<byte> body)
    {
        TestEventPatternRequest request;
        try
        {
            request = TestEventPatternRequest.Read(body);
        }
        catch (Exception exception) when (BrokenJson.Is(exception))
        {
            return FailAsync(context, "SerializationException", BrokenJson.Sentence);
        }

        return request switch
        {
            { EventPattern: null } => FailAsync(context, "ValidationException", MustNotBeNull("eventPattern")),
            { Event: null } => FailAsync(context, "ValidationException", MustNotBeNull("event")),
            { EventPattern.Length: > PatternCharactersMax } => FailAsync(
                context,
                "ValidationException",
                "1 validation error detected: Value at 'eventPattern' failed to satisfy constraint: "
                    + $"Member must have length less than or equal to {PatternCharactersMax}"
            ),
            // No bus takes a larger event, so no pattern needs an answer for one.
            _ when Encoding.UTF8.GetByteCount(request.Event) > PutEventsReader.RequestBytesMax => FailAsync(
                context,
                "ValidationException",
                NotAnEvent
            ),
            _ => AnswerAsync(context, request.EventPattern, Encoding.UTF8.GetBytes(request.Event)),
        };
    }

    private static Task AnswerAsync(HttpContext context, string pattern, byte[] utf8Event)
    {
        switch (EventPattern.Parse(pattern))
        {
            case ParsedPattern.Invalid invalid:
                return FailAsync(
                    context,
                    "InvalidEventPatternException",
                    $"Event pattern is not valid. Reason: {invalid.Reason}"
                );
            case ParsedPattern.Valid valid when HasMandatoryMembers(utf8Event):
                var match = valid.Pattern.Matches(utf8Event);
                return match == PatternMatch.InvalidEvent
                    ? FailAsync(context, "ValidationException", NotAnEvent)
                    : WriteResultAsync(context, match == PatternMatch.Matched);
            default:
                return FailAsync(context, "ValidationException", NotAnEvent);
        }
    }

    /// <summary>The documentation counts resources among them; the service does not.</summary>
    private static bool HasMandatoryMembers(byte[] utf8Event)
    {
        HashSet<string> missing = ["id", "account", "source", "time", "region", "detail-type"];
        var reader = new Utf8JsonReader(utf8Event);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                missing.Remove(reader.GetString()!);
                reader.Skip();
            }

            reader.Read();
            return missing.Count == 0;
        }
        catch (Exception exception) when (BrokenJson.Is(exception))
        {
            return false;
        }
    }

    private static Task WriteResultAsync(HttpContext context, bool result)
    {
        context.Response.ContentType = EventBridgeProtocol.ContentType;
        return context.Response.WriteAsync(
            result ? """{"Result":true}""" : """{"Result":false}""",
            context.RequestAborted
        );
    }

    private static string MustNotBeNull(string member) =>
        $"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null";

    private static Task FailAsync(HttpContext context, string code, string message) =>
        EventBridgeError.WriteAsync(context, StatusCodes.Status400BadRequest, code, message);
}
