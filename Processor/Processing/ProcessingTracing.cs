using System.Diagnostics;
using Processor.Receiving;

namespace Processor.Processing;

/// <summary>
/// One consumer span a message: child of the producer's span that came in the <c>traceparent</c> attribute (or in X-Ray's), and linked to it, so
/// that the trace runs from the publish to the table.
/// </summary>
internal static class ProcessingTracing
{
    public static readonly ActivitySource Source = new("Genesys.Processor");

    public static Activity? Start(ReceivedMessage message)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ActivityContext.TryParse(message.TraceParent, traceState: null, isRemote: true, out var producer);

        // Not the current activity: a batch holds ten of them at once.
        var activity = Source.CreateActivity(
            "process genesys-events",
            ActivityKind.Consumer,
            producer,
            [
                new("messaging.system", "aws_sqs"),
                new("messaging.operation.type", "process"),
                new("messaging.operation.name", "process"),
                new("messaging.message.id", message.MessageId),
            ],
            producer == default ? null : [new ActivityLink(producer)]
        );
        if (activity is not null)
        {
            var current = Activity.Current;
            activity.Start();
            Activity.Current = current;
        }

        return activity;
    }

    /// <summary>The write of a batch, in the trace of its first message and linked to all of them.</summary>
    public static Activity? StartWrite(IEnumerable<Delivery> deliveries)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var contexts = deliveries
            .Select(delivery => delivery.Activity?.Context ?? default)
            .Where(context => context != default)
            .ToList();
        return Source.StartActivity(
            "BatchWriteItem conversation-events",
            ActivityKind.Client,
            contexts.FirstOrDefault(),
            [
                new("db.system.name", "aws.dynamodb"),
                new("db.operation.name", "BatchWriteItem"),
                new("db.operation.batch.size", contexts.Count),
            ],
            contexts.Select(context => new ActivityLink(context))
        );
    }

    public static void Stop(Delivery delivery, Outcome outcome)
    {
        if (delivery.Activity is not { } activity)
        {
            return;
        }

        activity.SetTag("genesys.outcome", outcome.Kind);
        activity.SetTag("genesys.topic", delivery.Event?.Topic.Name);
        if (outcome is Outcome.Failed { Reason: var reason })
        {
            activity.SetStatus(ActivityStatusCode.Error, reason);
        }
        else if (outcome is Outcome.Rejected or Outcome.Poison)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }

        activity.Stop();
    }
}
