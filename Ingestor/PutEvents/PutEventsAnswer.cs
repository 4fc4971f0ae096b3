using System.Buffers;
using System.Text.Json;
using Ingestor.Sending;

namespace Ingestor.PutEvents;

/// <summary>
/// The service's answer: 200, and in it what became of each entry. Only when nothing at all could be taken at the moment does the
/// whole request fail, with a status every SDK repeats by itself.
/// </summary>
internal static class PutEventsAnswer
{
    public static Task WriteAsync(HttpContext context, Submission submission, IReadOnlyList<string> ids)
    {
        if (submission.Events.All(pending => pending.Outcome is EventOutcome.Throttled))
        {
            return EventBridgeError.WriteAsync(
                context,
                StatusCodes.Status429TooManyRequests,
                "ThrottlingException",
                "Rate exceeded"
            );
        }

        if (submission.Events.All(pending => pending.Outcome is EventOutcome.Unavailable))
        {
            return EventBridgeError.WriteAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "ServiceUnavailable",
                "The queue does not take events at the moment."
            );
        }

        return WriteEntriesAsync(context, submission, ids);
    }

    private static async Task WriteEntriesAsync(HttpContext context, Submission submission, IReadOnlyList<string> ids)
    {
        context.Response.ContentType = EventBridgeProtocol.ContentType;
        Write(context.Response.BodyWriter, submission, ids);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void Write(IBufferWriter<byte> output, Submission submission, IReadOnlyList<string> ids)
    {
        using var json = new Utf8JsonWriter(output);
        var failed = 0;
        json.WriteStartObject();
        json.WriteStartArray("Entries"u8);
        for (var position = 0; position < submission.Events.Count; position++)
        {
            json.WriteStartObject();
            if (FailureOf(submission.Events[position].Outcome) is var (code, message))
            {
                failed++;
                json.WriteString("ErrorCode"u8, code);
                json.WriteString("ErrorMessage"u8, message);
            }
            else
            {
                json.WriteString("EventId"u8, ids[position]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("FailedEntryCount"u8, failed);
        json.WriteEndObject();
    }

    private static (string Code, string Message)? FailureOf(EventOutcome? outcome) =>
        outcome switch
        {
            EventOutcome.Forwarded or EventOutcome.Filtered => null,
            EventOutcome.Refused { Reason: RefusalReason.Malformed } refused => ("MalformedDetail", refused.Detail),
            EventOutcome.Refused { Reason: RefusalReason.ReservedSource } refused => (
                "NotAuthorizedForSourceException",
                refused.Detail
            ),
            EventOutcome.Refused refused => ("InvalidArgument", refused.Detail),
            EventOutcome.Throttled => ("ThrottlingException", "Rate exceeded"),
            _ => ("InternalFailure", "The event could not be put into the queue; send it again."),
        };
}
