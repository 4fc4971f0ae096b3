using System.Buffers;
using System.Diagnostics;
using System.Text;
using Ingestor.Receiving;
using Ingestor.Sending;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Ingestor.PutEvents;

/// <summary><c>AWSEvents.PutEvents</c>: up to ten entries, each wrapped in the envelope the service would give it.</summary>
internal sealed class PutEventsOperation(
    EventForwarder forwarder,
    IOptions<PutEventsOptions> options,
    IOptions<PipelineOptions> pipeline,
    IngestMetrics metrics,
    TimeProvider time
)
{
    private readonly EnvelopeWriter _envelopes = new(options.Value.Account, options.Value.Region);
    private readonly byte[] _partnerPrefix = Encoding.UTF8.GetBytes(options.Value.PartnerSourcePrefix);
    private readonly string _queue = pipeline.Value.EventsQueue;

    public async Task HandleAsync(HttpContext context, RentedBody body)
    {
        using var span = IngestTracing.StartCreate(_queue);
        switch (Prepare(span, body))
        {
            case Prepared.Invalid(var invalid):
                metrics.Refused(RefusalReason.Malformed);
                await EventBridgeError.WriteAsync(
                    context,
                    StatusCodes.Status400BadRequest,
                    invalid.Code,
                    invalid.Message
                );
                break;
            case Prepared.Ready(var submission, var ids):
                await forwarder.DeliverAsync(submission, context.RequestAborted);
                await PutEventsAnswer.WriteAsync(context, submission, ids);
                break;
        }
    }

    /// <summary>From the body to envelopes in a submission. After that nobody needs the body any more.</summary>
    private Prepared Prepare(Activity? span, RentedBody body)
    {
        var scratch = BodyMemory.Rent(body.Length);
        try
        {
            switch (PutEventsReader.Read(body.Span, scratch))
            {
                case PutEventsRequest.Entries entries:
                    var submission = IngestTracing.SubmissionFor(span, entries.Items.Count);
                    return new Prepared.Ready(submission, Offer(submission, entries.Items, scratch));
                case PutEventsRequest.Invalid invalid:
                    return new Prepared.Invalid(invalid);
                case var unknown:
                    throw new UnreachableException($"{unknown}");
            }
        }
        finally
        {
            BodyMemory.Return(scratch);
        }
    }

    private string[] Offer(Submission submission, List<PutEventsEntry> entries, ReadOnlySpan<byte> texts)
    {
        var ids = new string[entries.Count];
        var envelope = new ArrayBufferWriter<byte>(entries[0].Size + 512);
        var now = time.GetUtcNow();
        for (var position = 0; position < entries.Count; position++)
        {
            var entry = entries[position];
            ids[position] = Guid.NewGuid().ToString();
            if (EntryCheck.Find(entry, texts, _partnerPrefix) is { } refused)
            {
                submission.AddSettled(refused);
                continue;
            }

            envelope.ResetWrittenCount();
            _envelopes.Write(envelope, entry, texts, ids[position], now);
            forwarder.Offer(submission, envelope.WrittenSpan);
        }

        return ids;
    }

    private abstract record Prepared
    {
        private Prepared() { }

        internal sealed record Ready(Submission Submission, string[] Ids) : Prepared;

        internal sealed record Invalid(PutEventsRequest.Invalid Request) : Prepared;
    }
}
