using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Processor.Processing;
using Processor.Receiving;
using ServiceDefaults;

namespace Processor.Announcing;

/// <summary>One small message a conversation: <c>{"conversationId":"…"}</c>.</summary>
internal sealed class SqsEnrichmentRequests(IAmazonSQS sqs, QueueUrls urls, Ledger ledger) : IEnrichmentRequests
{
    public async Task<bool[]> SendAsync(
        IReadOnlyList<string> conversationIds,
        TimeSpan delay,
        CancellationToken cancellationToken
    )
    {
        var sent = new bool[conversationIds.Count];
        try
        {
            var entries = new List<SendMessageBatchRequestEntry>(conversationIds.Count);
            for (var index = 0; index < conversationIds.Count; index++)
            {
                entries.Add(
                    new SendMessageBatchRequestEntry(BatchIds.Of(index), Body(conversationIds[index]))
                    {
                        DelaySeconds = (int)Math.Ceiling(delay.TotalSeconds),
                    }
                );
            }

            var response = await sqs.SendMessageBatchAsync(
                new SendMessageBatchRequest(await urls.OfEnrichmentAsync(cancellationToken), entries),
                cancellationToken
            );

            foreach (var entry in response.Successful ?? [])
            {
                sent[BatchIds.PositionOf(entry.Id)] = true;
            }
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            // None is known to be there; announcing one twice does no harm.
        }

        ledger.Sqs("SendMessageBatch");
        return sent;
    }

    private static string Body(string conversationId) =>
        $$"""{"conversationId":"{{JsonEncodedText.Encode(conversationId)}}"}""";
}
