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
        CancellationToken cancellationToken
    )
    {
        try
        {
            await sqs.SendMessageAsync(
                new SendMessageRequest(await urls.OfDeadLettersAsync(cancellationToken), body)
                {
                    MessageAttributes = SqsAttributes.Of(attributes),
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
            ledger.Sqs("SendMessage", body.Length);
        }
    }
}
