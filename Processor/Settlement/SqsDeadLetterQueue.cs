using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Processor.Processing;
using Processor.Receiving;
using ServiceDefaults;

namespace Processor.Settlement;

internal sealed class SqsDeadLetterQueue(IAmazonSQS sqs, QueueUrls urls, Ledger ledger) : IDeadLetterQueue
{
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
            await sqs.SendMessageAsync(
                new SendMessageRequest(url, body)
                {
                    MessageAttributes = SqsAttributes.Of(attributes),
                    MessageGroupId = fifo?.GroupId,
                    MessageDeduplicationId = fifo?.DeduplicationId,
                },
                cancellationToken
            );
            return true;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return false;
        }
        finally
        {
            ledger.Sqs("SendMessage", Encoding.UTF8.GetByteCount(body) + SqsAttributes.BytesOf(attributes));
        }
    }
}
