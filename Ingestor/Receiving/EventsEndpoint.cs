using Ingestor.Authorizing;
using Ingestor.Sending;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ServiceDefaults;

namespace Ingestor.Receiving;

/// <summary><c>POST /events</c>: one EventBridge envelope or an array of them, as an API destination delivers.</summary>
internal sealed class EventsEndpoint(
    Authorizer authorizer,
    BodyReader bodies,
    ContentCoding coding,
    EventForwarder forwarder,
    IOptions<ReceivingOptions> options,
    IOptions<SendingOptions> sending,
    IOptions<PipelineOptions> pipeline,
    IngestMetrics metrics
)
{
    // More than the buffer holds could never be let in.
    private readonly int _eventsMax = Math.Min(options.Value.EventsPerRequestMax, sending.Value.EventsHeldMax);
    private readonly string _queue = pipeline.Value.EventsQueue;

    public async Task HandleAsync(HttpContext context)
    {
        if (authorizer.CheckApiKey(context.Request) is Authorization.Denied denied)
        {
            context.Response.Headers.WWWAuthenticate = "ApiKey";
            await RefuseAsync(context, denied.Status, RefusalReason.Unauthorized, denied.Message);
            return;
        }

        if (!IsJson(context.Request.ContentType))
        {
            await RefuseAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                RefusalReason.UnsupportedMediaType,
                "Content-Type must be application/json in UTF-8."
            );
            return;
        }

        var read = await bodies.ReadAsync(context);
        if (read is BodyRead.Whole raw)
        {
            read = coding.Decode(raw.Body, context.Request);
        }

        if (read is BodyRead.Whole whole)
        {
            await ForwardAsync(context, whole.Body);
        }
        else
        {
            await RefuseAsync(context, read);
        }
    }

    private async Task ForwardAsync(HttpContext context, RentedBody body)
    {
        using var span = IngestTracing.StartCreate(_queue);
        using (body)
        {
            switch (Envelopes.Find(body.Span, _eventsMax))
            {
                case EnvelopesFound.Malformed malformed:
                    await RefuseAsync(
                        context,
                        StatusCodes.Status400BadRequest,
                        RefusalReason.Malformed,
                        malformed.Detail
                    );
                    break;
                case EnvelopesFound.TooMany tooMany:
                    await RefuseAsync(
                        context,
                        StatusCodes.Status413PayloadTooLarge,
                        RefusalReason.TooMany,
                        $"A request may hold {tooMany.EventsMax} events."
                    );
                    break;
                case EnvelopesFound.Slices slices:
                    var submission = IngestTracing.SubmissionFor(span, slices.Items.Count);
                    Offer(submission, body.Span, slices.Items);
                    await forwarder.DeliverAsync(submission, context.RequestAborted);
                    await EventsAnswer.WriteAsync(context, submission, slices.InArray);
                    break;
            }
        }
    }

    private void Offer(Submission submission, ReadOnlySpan<byte> body, IReadOnlyList<EnvelopeSlice> slices)
    {
        foreach (var slice in slices)
        {
            if (slice.Fault is { } fault)
            {
                submission.AddSettled(new EventOutcome.Refused(RefusalReason.NotAnEvent, fault));
            }
            else
            {
                forwarder.Offer(submission, body.Slice(slice.Start, slice.Length));
            }
        }
    }

    private Task RefuseAsync(HttpContext context, int status, RefusalReason reason, string detail)
    {
        metrics.Refused(reason);
        return Problem.WriteAsync(context, status, detail);
    }

    private Task RefuseAsync(HttpContext context, BodyRead read)
    {
        if (read is BodyRead.CallerGone)
        {
            // An answer that nobody has written would be a 200.
            context.Abort();
            return Task.CompletedTask;
        }

        var refusal = BodyRefusal.Of(read);
        return RefuseAsync(context, refusal.Status, refusal.Reason, refusal.Detail);
    }

    private static bool IsJson(string? contentType) =>
        contentType is "application/json" or "application/json; charset=utf-8"
        || (
            MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && parsed.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (
                !parsed.Charset.HasValue
                || HeaderUtilities.RemoveQuotes(parsed.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            )
        );
}
