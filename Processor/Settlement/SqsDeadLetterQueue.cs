using System.Text;
using Amazon.SQS;
using Processor.Processing;
using Processor.Receiving;
using ServiceDefaults;
using ServiceDefaults.Wire;

namespace Processor.Settlement;

internal sealed class SqsDeadLetterQueue(IAmazonSQS sqs, QueueUrls urls, Ledger ledger, TimeProvider time)
    : IDeadLetterQueue
{
    private readonly AwsWire _wire = AwsWire.Of(sqs, time);

    public async Task<bool> SendAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        FifoPlace? place,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var url = await urls.OfDeadLettersAsync(cancellationToken);

            // A standard queue may have groups too, and refuses what tells letters apart.
            var fifo = url.EndsWith(".fifo", StringComparison.Ordinal) ? place : null;
            using var request = new PooledBuffer();
            SendMessageJson.Write(
                request,
                url,
                body,
                attributes,
                groupId: fifo?.GroupId,
                deduplicationId: fifo?.DeduplicationId
            );
            using var answer = await _wire.CallAsync(SendMessageJson.Operation, request.Written, cancellationToken);
            SendMessageJson.Read(answer.Written);
            return true;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return false;
        }
        finally
        {
            ledger.Sqs(SendMessageJson.Operation, Encoding.UTF8.GetByteCount(body) + SqsAttributes.BytesOf(attributes));
        }
    }
}
