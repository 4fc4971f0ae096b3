using Amazon.SQS;
using Processor.Processing;
using Processor.Receiving;
using ServiceDefaults;
using ServiceDefaults.Wire;

namespace Processor.Announcing;

internal sealed class SqsEnrichmentRequests(IAmazonSQS sqs, QueueUrls urls, Ledger ledger, TimeProvider time)
    : IEnrichmentRequests
{
    private readonly AwsWire _wire = AwsWire.Of(sqs, time);

    public async Task<bool[]> SendAsync(
        IReadOnlyList<string> conversationIds,
        TimeSpan delay,
        CancellationToken cancellationToken
    )
    {
        var sent = new bool[conversationIds.Count];
        try
        {
            using var request = new PooledBuffer();
            SendMessageBatchJson.Write(
                request,
                await urls.OfEnrichmentAsync(cancellationToken),
                conversationIds,
                delay
            );
            using var answer = await _wire.CallAsync(
                SendMessageBatchJson.Operation,
                request.Written,
                cancellationToken
            );

            BatchJson.Read(answer.Written, sent, succeeded: true, refused: false);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            // The others are not known to be there; announcing one twice does no harm.
        }

        ledger.Sqs(SendMessageBatchJson.Operation);
        return sent;
    }
}
