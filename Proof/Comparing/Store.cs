using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Events.DeadLetters;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Proof.Comparing;

/// <summary>Reads what the pipeline left: the queue's length, the table, the dead letters.</summary>
internal sealed class Store(
    IAmazonSQS sqs,
    IAmazonDynamoDB dynamoDb,
    QueueUrls urls,
    IOptions<PipelineOptions> pipeline,
    TimeProvider time
)
{
    private static readonly TimeSpan DeadLettersMax = TimeSpan.FromMinutes(2);

    private static readonly List<string> Counts =
    [
        QueueAttributeName.ApproximateNumberOfMessages,
        QueueAttributeName.ApproximateNumberOfMessagesNotVisible,
        QueueAttributeName.ApproximateNumberOfMessagesDelayed,
    ];

    /// <summary>Visible, in flight and delayed together.</summary>
    public async Task<int> EventsWaitingAsync(CancellationToken cancellationToken) =>
        await LengthAsync(await urls.OfEventsAsync(cancellationToken), cancellationToken);

    public async Task<int> EnrichmentsWaitingAsync(CancellationToken cancellationToken) =>
        await LengthAsync(await urls.OfEnrichmentAsync(cancellationToken), cancellationToken);

    /// <summary>The conversations that have a summary.</summary>
    public async Task<HashSet<string>> SummariesAsync(CancellationToken cancellationToken)
    {
        var conversationIds = new HashSet<string>(StringComparer.Ordinal);
        await foreach (
            var item in ScanAsync(pipeline.Value.ConversationsTable, "conversationId", [], cancellationToken)
        )
        {
            conversationIds.Add(item["conversationId"].S);
        }

        return conversationIds;
    }

    /// <summary>How often each effect was claimed.</summary>
    public async Task<Dictionary<string, long>> GenerationsAsync(CancellationToken cancellationToken)
    {
        var generations = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var item in ScanAsync(pipeline.Value.ClaimsTable, "claim, generation", [], cancellationToken))
        {
            generations.Add(item["claim"].S, long.Parse(item["generation"].N, CultureInfo.InvariantCulture));
        }

        return generations;
    }

    private async Task<int> LengthAsync(string queueUrl, CancellationToken cancellationToken)
    {
        var response = await sqs.GetQueueAttributesAsync(
            new GetQueueAttributesRequest(queueUrl, Counts),
            cancellationToken
        );
        return (response.Attributes ?? []).Values.Sum(count => int.Parse(count, CultureInfo.InvariantCulture));
    }

    public async IAsyncEnumerable<StoredEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = ScanAsync(
            pipeline.Value.EventsTable,
            "subject, #event, #recorded",
            new() { ["#event"] = "event", ["#recorded"] = "recorded" },
            cancellationToken
        );
        await foreach (var item in items)
        {
            yield return new StoredEvent(
                item["subject"].S,
                item["event"].S,
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(item["recorded"].N, CultureInfo.InvariantCulture))
            );
        }
    }

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(
        string table,
        string projection,
        Dictionary<string, string> names,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new ScanRequest(table) { ConsistentRead = true, ProjectionExpression = projection };
        if (names.Count > 0)
        {
            request.ExpressionAttributeNames = names;
        }

        do
        {
            var page = await dynamoDb.ScanAsync(request, cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        } while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Each dead letter once: they stay hidden while they are read, and are shown again afterwards.</summary>
    /// <remarks>Bounded, whatever others put there meanwhile: what is not read in time is missing, and so not proven.</remarks>
    public async Task<IReadOnlyList<StoredDeadLetter>> DeadLettersAsync(CancellationToken cancellationToken)
    {
        var url = await urls.OfDeadLettersAsync(cancellationToken);
        var read = new Dictionary<string, Message>(StringComparer.Ordinal);
        var started = time.GetTimestamp();
        var withoutNews = 0;
        while (withoutNews < 2 && time.GetElapsedTime(started) < DeadLettersMax)
        {
            var response = await sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest(url)
                {
                    MaxNumberOfMessages = 10,
                    WaitTimeSeconds = 1,
                    VisibilityTimeout = (int)(2 * DeadLettersMax).TotalSeconds,
                    MessageAttributeNames = ["All"],
                },
                cancellationToken
            );
            var known = read.Count;
            foreach (var message in response.Messages ?? [])
            {
                read[message.MessageId] = message;
            }

            withoutNews = read.Count > known ? 0 : withoutNews + 1;
        }

        await ShowAgainAsync(url, read.Values, cancellationToken);
        return
        [
            .. read.Values.Select(message => new StoredDeadLetter(
                message.MessageAttributes?.GetValueOrDefault(DeadLetterAttributeNames.MessageId)?.StringValue
                    ?? message.MessageId,
                message.Body,
                message.MessageAttributes?.GetValueOrDefault(DeadLetterAttributeNames.Reason)?.StringValue
            )),
        ];
    }

    /// <summary>One that cannot be shown now shows itself later.</summary>
    private async Task ShowAgainAsync(string url, IEnumerable<Message> messages, CancellationToken cancellationToken)
    {
        foreach (var batch in messages.Chunk(10))
        {
            await sqs.ChangeMessageVisibilityBatchAsync(
                new ChangeMessageVisibilityBatchRequest(
                    url,
                    [
                        .. batch.Select(
                            (message, position) =>
                                new ChangeMessageVisibilityBatchRequestEntry($"{position}", message.ReceiptHandle)
                                {
                                    VisibilityTimeout = 0,
                                }
                        ),
                    ]
                ),
                cancellationToken
            );
        }
    }
}

internal sealed record StoredEvent(string Subject, string Sort, DateTimeOffset RecordedAt);

/// <param name="MessageId">Of the message that failed: a letter that was sent twice for it is one letter.</param>
/// <param name="Body">As it was published.</param>
/// <param name="Reason">Why it failed, where that is known.</param>
internal sealed record StoredDeadLetter(string MessageId, string Body, string? Reason);
