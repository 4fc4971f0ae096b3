using System.Diagnostics;
using Ingestor.Sending;

namespace Ingestor;

/// <summary>
/// Spans by the messaging conventions: one <c>create</c> for the events of a request, whose id travels with each of its messages,
/// and one <c>send</c> for each call to SQS, linked to the requests whose events it carries.
/// </summary>
internal static class IngestTracing
{
    public const string SourceName = "Genesys.Ingestor";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? StartCreate(string queue)
    {
        var span = Source.StartActivity($"create {queue}", ActivityKind.Producer);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, queue, "create");
        }

        return span;
    }

    /// <summary>
    /// The submission continues the create span, or the server's where nobody listens to ours: the trace goes on in either case.
    /// </summary>
    public static Submission SubmissionFor(Activity? create, int events)
    {
        create?.SetTag("messaging.batch.message_count", events);
        var span = create ?? Activity.Current;
        return span is { IdFormat: ActivityIdFormat.W3C }
            ? new Submission(events, span.Context, span.Id)
            : new Submission(events, default, null);
    }

    public static Activity? StartSend(IReadOnlyList<PendingEvent> events, string queue)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var contexts = events.Select(pending => pending.Submission.Context).Distinct().ToList();
        var parent = contexts is [var only] ? only : default;
        var span = Source.StartActivity(
            $"send {queue}",
            ActivityKind.Client,
            parent,
            links: contexts.Select(context => new ActivityLink(context))
        );
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, queue, "send");
            span.SetTag("messaging.batch.message_count", events.Count);
        }

        return span;
    }

    private static void Describe(Activity span, string queue, string operation)
    {
        span.SetTag("messaging.system", "aws_sqs");
        span.SetTag("messaging.destination.name", queue);
        span.SetTag("messaging.operation.type", operation);
        span.SetTag("messaging.operation.name", operation);
    }
}
