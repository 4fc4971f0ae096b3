using Amazon.SQS;
using Amazon.SQS.Model;
using Operations.DeadLetters;
using ServiceDefaults;

namespace Operations.Collecting;

/// <summary>
/// Takes dead letters out of their queues: stores each, then deletes it. A message is received once, however many people look at it
/// later; one that could not be stored comes back when its visibility ends.
/// </summary>
internal sealed partial class DeadLetterCollector(
    [FromKeyedServices(AwsClients.Polling)] IAmazonSQS polling,
    IAmazonSQS sqs,
    QueueUrls urls,
    LetterStore store,
    LetterIndex index,
    CollectingOptions options,
    DeadLetterOptions letters,
    CollectingMetrics metrics,
    TimeProvider time,
    ILogger<DeadLetterCollector> logger
)
{
    private const int BatchMax = 10;
    private const int WriteAttemptsMax = 5;

    /// <summary>One receive. The receive itself runs to its end: what it would bring is out of everybody's sight otherwise.</summary>
    public async Task<Collected> CollectAsync(LetterQueue queue, TimeSpan wait, CancellationToken stopping)
    {
        try
        {
            var url = await (
                queue == LetterQueue.Events
                    ? urls.OfDeadLettersAsync(stopping)
                    : urls.OfEnrichmentDeadLettersAsync(stopping)
            );
            var answer = await polling.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = url,
                    MaxNumberOfMessages = BatchMax,
                    WaitTimeSeconds = (int)wait.TotalSeconds,
                    VisibilityTimeout = (int)options.Visibility.TotalSeconds,
                    MessageAttributeNames = ["All"],
                    MessageSystemAttributeNames = LetterReading.SystemAttributes,
                },
                stopping
            );
            var messages = answer.Messages ?? [];
            if (messages.Count == 0)
            {
                return new Collected.Nothing();
            }

            var isFull = index.IsFull;
            var welcome = isFull ? await KnownAmongAsync(queue, messages, CancellationToken.None) : messages;
            var stored = await StoreAsync(queue, welcome, CancellationToken.None);
            await DeleteAsync(url, stored, CancellationToken.None);
            metrics.Collected(stored.Count, messages.Count - stored.Count);
            return stored.Count < welcome.Count ? new Collected.Unavailable("the table of dead letters")
                : welcome.Count < messages.Count ? new Collected.Full()
                : new Collected.Taken(stored.Count);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, stopping) != AwsFault.None)
        {
            return new Collected.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }

    /// <summary>With no room left, those of letters that are known are taken all the same: a redrive waits for what comes back.</summary>
    private async Task<List<Message>> KnownAmongAsync(
        LetterQueue queue,
        List<Message> messages,
        CancellationToken cancellationToken
    )
    {
        var known = new List<Message>(messages.Count);
        foreach (var message in messages)
        {
            var id = LetterReading.IdOf(message.Body, queue);
            if (index.Find(id) is not null || await store.ReadAsync(id, cancellationToken) is not null)
            {
                known.Add(message);
            }
        }

        return known;
    }

    /// <returns>Those that are safe, whose message may go.</returns>
    private async Task<IReadOnlyList<Message>> StoreAsync(
        LetterQueue queue,
        List<Message> messages,
        CancellationToken cancellationToken
    )
    {
        // Copies of one letter take turns; letters do not.
        var byLetter = messages.GroupBy(message => message.Body, StringComparer.Ordinal);
        var stored = await Task.WhenAll(
            byLetter.Select(copies => StoreCopiesAsync(queue, [.. copies], cancellationToken))
        );
        return [.. stored.SelectMany(copies => copies)];
    }

    private async Task<List<Message>> StoreCopiesAsync(
        LetterQueue queue,
        List<Message> copies,
        CancellationToken cancellationToken
    )
    {
        var stored = new List<Message>(copies.Count);
        foreach (var message in copies)
        {
            if (await StoreAsync(queue, message, cancellationToken))
            {
                stored.Add(message);
            }
        }

        return stored;
    }

    private async Task<bool> StoreAsync(LetterQueue queue, Message message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var arrived = LetterReading.Of(message, queue, now, letters.Retention);
        var known = await KnownAsync(arrived, now, cancellationToken);
        for (var attempt = 0; attempt < WriteAttemptsMax; attempt++)
        {
            // The body of a letter that is known is there, for as long as the letter was to be kept until now.
            if (
                (known is null || known.ExpiresAt < arrived.ExpiresAt)
                && await store.WriteBodyAsync(arrived, message.Body, cancellationToken) != LetterWrite.Written
            )
            {
                return false;
            }

            if ((known is null ? arrived : LetterArrival.Merge(known, arrived, now)) is not { } letter)
            {
                return true;
            }

            switch (await store.WriteAsync(letter, cancellationToken))
            {
                case LetterWrite.Written:
                    index.Apply(letter);
                    Log.Collected(logger, letter.Id, letter.ReasonCode, letter.Class, letter.History[^1].What);
                    metrics.Arrived(letter);
                    return true;

                case LetterWrite.Conflict:
                    known = await store.ReadAsync(arrived.Id, cancellationToken);
                    break;

                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Before a message is called known and deleted for it, the table is asked: another process may have put this one back.</summary>
    private async Task<Letter?> KnownAsync(Letter arrived, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = index.Find(arrived.Id);
        return known is not null && LetterArrival.Merge(known, arrived, now) is null
            ? await store.ReadAsync(arrived.Id, cancellationToken)
            : known;
    }

    /// <summary>What is not deleted comes again, is known by its id, and costs no more than a delete.</summary>
    private async Task DeleteAsync(string url, IReadOnlyList<Message> stored, CancellationToken cancellationToken)
    {
        if (stored.Count == 0)
        {
            return;
        }

        var answer = await sqs.DeleteMessageBatchAsync(
            new DeleteMessageBatchRequest(
                url,
                [
                    .. stored.Select(
                        (message, position) => new DeleteMessageBatchRequestEntry($"{position}", message.ReceiptHandle)
                    ),
                ]
            ),
            cancellationToken
        );
        if (answer.Failed is { Count: > 0 } failed)
        {
            Log.NotDeleted(logger, failed.Count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 500,
            Level = LogLevel.Information,
            Message = "Dead letter {Letter} is here: {Reason} ({Class}), {What}."
        )]
        public static partial void Collected(ILogger logger, string letter, string reason, string @class, string what);

        [LoggerMessage(
            EventId = 501,
            Level = LogLevel.Warning,
            Message = "{Count} dead letters are stored but could not be deleted from their queue; they are when they come again."
        )]
        public static partial void NotDeleted(ILogger logger, int count);
    }
}

/// <summary>What one receive brought.</summary>
internal abstract record Collected
{
    private Collected() { }

    internal sealed record Taken(int Count) : Collected;

    internal sealed record Nothing : Collected;

    /// <summary>There was no room for all; the rest is safe in the queue.</summary>
    internal sealed record Full : Collected;

    internal sealed record Unavailable(string Reason) : Collected;
}
