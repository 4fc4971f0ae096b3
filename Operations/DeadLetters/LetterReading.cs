using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Events;
using Events.DeadLetters;
using Events.Redelivery;

namespace Operations.DeadLetters;

/// <summary>Makes a letter of a message from the queue of dead letters. No message makes it throw.</summary>
internal static class LetterReading
{
    /// <summary>The reason of a request to enrichment. Nobody writes another: its worker leaves what it cannot do to SQS.</summary>
    public const string EnrichmentMovedBySqs = "enrichment-moved-by-sqs";

    private const int IdBytes = 16;

    /// <summary>What a receive must ask for.</summary>
    public static List<string> SystemAttributes { get; } =
    [
        MessageSystemAttributeName.SentTimestamp,
        MessageSystemAttributeName.ApproximateReceiveCount,
        MessageSystemAttributeName.AWSTraceHeader,
    ];

    /// <summary>What is sent to another queue is another letter, whatever its body.</summary>
    public static string IdOf(string body, LetterQueue queue = LetterQueue.Events) =>
        Convert.ToHexStringLower(
            SHA256
                .HashData(Encoding.UTF8.GetBytes(queue == LetterQueue.Events ? body : $"{queue}\n{body}"))
                .AsSpan(0, IdBytes)
        );

    public static Letter Of(Message message, LetterQueue queue, DateTimeOffset now, TimeSpan retention)
    {
        var letter = Of(message, now, retention);
        var conversationId = SummaryRequest.ConversationOf(message.Body);
        return queue == LetterQueue.Events
            ? letter
            : letter with
            {
                Id = IdOf(message.Body, queue),
                Queue = queue,
                Reason = letter.Reason == DeadLetterAttributes.MovedBySqs ? EnrichmentMovedBySqs : letter.Reason,
                Kind = conversationId is null ? null : "a request for a summary",
                ConversationId = conversationId,
                IsBoundary = true,
                Subject = null,
                SortKey = null,
            };
    }

    private static Letter Of(Message message, DateTimeOffset now, TimeSpan retention)
    {
        var texts = Texts(message.MessageAttributes);
        var said = DeadLetterAttributes.From(texts);
        var sentAt = said.SentAt ?? DeferralAttributes.From(texts).FirstSentAt ?? SentToQueueAt(message) ?? now;
        // A letter that was redriven brings the time of its last failure along; where SQS moved it, that is not the one it died of.
        var failedAt = said.Reason == DeadLetterAttributes.MovedBySqs ? now : said.LastFailedAt ?? now;
        var bytes = Encoding.UTF8.GetBytes(message.Body);
        var genesysEvent = (EventDecoder.Decode(bytes) as Decoded.Event)?.Value;

        return new Letter
        {
            Id = IdOf(message.Body),
            State = LetterState.Dead,
            Reason = said.Reason,
            Class = said.Class.Code,
            Attempts = said.Attempts > 0 ? said.Attempts : ReceivesOf(message),
            FirstFailedAt = said.FirstFailedAt,
            LastFailedAt = failedAt,
            EventKey = said.EventKey ?? genesysEvent?.EventKey,
            TraceParent = said.TraceParent,
            SentAt = sentAt,
            Parent = said.Parent,
            CollectedAt = now,
            ExpiresAt = sentAt + retention > now ? sentAt + retention : now + TimeSpan.FromDays(1),
            Bytes = bytes.Length,
            Kind = genesysEvent?.DetailType,
            Subject = genesysEvent?.Subject,
            SortKey = genesysEvent?.SortKey,
            ConversationId = genesysEvent?.ConversationId,
            IsBoundary = genesysEvent?.Topic.IsBoundary ?? false,
            Attributes = Attributes(message.MessageAttributes),
            TraceHeader = message.Attributes?.GetValueOrDefault(MessageSystemAttributeName.AWSTraceHeader),
            MessageIds = [FailedAs(message, said)],
            History = [new LetterStep(failedAt, "died", null, said.Reason)],
        };
    }

    /// <summary>
    /// The id under which it failed. SQS keeps it when it moves a message, and then what the attributes say is of a failure before; a
    /// Processor's letter has an id of its own, and a second one when the Processor died between the letter and the delete.
    /// </summary>
    private static string FailedAs(Message message, DeadLetterAttributes said) =>
        said.Reason == DeadLetterAttributes.MovedBySqs ? message.MessageId : said.MessageId ?? message.MessageId;

    private static Dictionary<string, string> Texts(Dictionary<string, MessageAttributeValue>? attributes) =>
        (attributes ?? [])
            .Where(attribute => attribute.Value.StringValue is not null)
            .ToDictionary(attribute => attribute.Key, attribute => attribute.Value.StringValue!);

    private static ImmutableArray<LetterAttribute> Attributes(Dictionary<string, MessageAttributeValue>? attributes) =>
        [
            .. (attributes ?? []).Select(attribute => new LetterAttribute(
                attribute.Key,
                attribute.Value.DataType,
                attribute.Value.BinaryValue is { } binary
                    ? Convert.ToBase64String(binary.ToArray())
                    : attribute.Value.StringValue ?? ""
            )),
        ];

    /// <summary>SQS keeps the time of the first send when it moves a message itself.</summary>
    private static DateTimeOffset? SentToQueueAt(Message message) =>
        Number(message, MessageSystemAttributeName.SentTimestamp) is { } milliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    /// <summary>Of a message that SQS moved, the receives are all that is known of its attempts; this one is not among them.</summary>
    private static int ReceivesOf(Message message) =>
        Number(message, MessageSystemAttributeName.ApproximateReceiveCount) is { } receives and > 1
            ? (int)receives - 1
            : 0;

    private static long? Number(Message message, string name) =>
        long.TryParse(
            message.Attributes?.GetValueOrDefault(name),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
