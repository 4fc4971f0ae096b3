using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ingestor.Sending;

namespace Ingestor.Receiving;

/// <summary>
/// The answer to <c>POST /events</c>. 200 says that every event is in SQS or wanted by no rule. Else the status is that of the
/// event for which sending the request again is worth most, and an array gets the status of each.
/// </summary>
internal static class EventsAnswer
{
    private static readonly byte[] OneAccepted = Accepted(1, 0);

    public static Task WriteAsync(HttpContext context, Submission submission, bool inArray)
    {
        // The first that can be healed by a repetition decides: a sender that gives up at 400 would lose the others.
        ReadOnlySpan<int> byWeight =
        [
            StatusCodes.Status503ServiceUnavailable,
            StatusCodes.Status429TooManyRequests,
            StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status400BadRequest,
        ];
        foreach (var status in byWeight)
        {
            if (submission.Events.FirstOrDefault(pending => StatusOf(pending.Outcome) == status) is { } worst)
            {
                return Problem.WriteAsync(
                    context,
                    status,
                    DetailOf(worst.Outcome),
                    inArray ? EntriesOf(submission) : null
                );
            }
        }

        return WriteAcceptedAsync(context, submission);
    }

    private static async Task WriteAcceptedAsync(HttpContext context, Submission submission)
    {
        var filtered = submission.Events.Count - submission.ForTheQueue;
        var body =
            (submission.ForTheQueue, filtered) == (1, 0) ? OneAccepted : Accepted(submission.ForTheQueue, filtered);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    private static byte[] Accepted(int accepted, int filtered) =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $$"""{"accepted":{{accepted}},"filtered":{{filtered}}}""")
        );

    private static List<EntryResult> EntriesOf(Submission submission) =>
        [.. submission.Events.Select(pending => new EntryResult(StatusOf(pending.Outcome), DetailOf(pending.Outcome)))];

    private static int StatusOf(EventOutcome? outcome) =>
        outcome switch
        {
            EventOutcome.Forwarded or EventOutcome.Filtered => StatusCodes.Status200OK,
            EventOutcome.Refused { Reason: RefusalReason.TooLarge } => StatusCodes.Status413PayloadTooLarge,
            EventOutcome.Refused => StatusCodes.Status400BadRequest,
            EventOutcome.Throttled => StatusCodes.Status429TooManyRequests,
            EventOutcome.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => throw new UnreachableException($"{outcome}"),
        };

    private static string? DetailOf(EventOutcome? outcome) =>
        outcome switch
        {
            EventOutcome.Refused refused => refused.Detail,
            EventOutcome.Throttled => "The buffer is full; send this again.",
            EventOutcome.Unavailable => "SQS did not confirm this in time; send it again.",
            _ => null,
        };
}
