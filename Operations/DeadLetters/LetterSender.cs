using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Events.Attributes;
using Events.DeadLetters;
using ServiceDefaults;

namespace Operations.DeadLetters;

/// <summary>Sends the body of a letter, byte for byte, with what belongs to it.</summary>
internal sealed class LetterSender(IAmazonSQS sqs, QueueUrls urls)
{
    private const int AttributesMax = 10;

    /// <summary>They tell of a failure that is over. If it fails again the Processor writes new ones; SQS writes none.</summary>
    private static readonly string[] OfTheFailure =
    [
        DeadLetterAttributeNames.Reason,
        DeadLetterAttributeNames.Class,
        DeadLetterAttributeNames.Attempts,
        DeadLetterAttributeNames.FirstFailedAt,
        DeadLetterAttributeNames.EventKey,
    ];

    /// <summary>Back to the queue it failed in.</summary>
    public async Task<SendAnswer> SendBackAsync(Letter letter, string body, CancellationToken cancellationToken)
    {
        var attributes = Attributes(letter.Attributes.Where(attribute => !OfTheFailure.Contains(attribute.Name)));
        Add(attributes, DeadLetterAttributeNames.SentAt, Time(letter.SentAt));
        Add(attributes, DeadLetterAttributeNames.Parent, letter.Parent);
        // Which failure it comes back from: under these two the Processor counts its attempts anew.
        Add(attributes, DeadLetterAttributeNames.MessageId, letter.MessageIds.LastOrDefault());
        Add(attributes, DeadLetterAttributeNames.LastFailedAt, Time(letter.LastFailedAt ?? letter.CollectedAt));
        return await SendAsync(
            await (
                letter.Queue == LetterQueue.Events
                    ? urls.OfEventsAsync(cancellationToken)
                    : urls.OfEnrichmentAsync(cancellationToken)
            ),
            letter,
            body,
            attributes,
            cancellationToken
        );
    }

    /// <summary>Back into the queue of dead letters, with everything it had there.</summary>
    public async Task<SendAnswer> SendToDeadLettersAsync(
        Letter letter,
        string body,
        CancellationToken cancellationToken
    )
    {
        var attributes = Attributes(letter.Attributes);
        Add(attributes, DeadLetterAttributeNames.SentAt, Time(letter.SentAt));
        return await SendAsync(
            await (
                letter.Queue == LetterQueue.Events
                    ? urls.OfDeadLettersAsync(cancellationToken)
                    : urls.OfEnrichmentDeadLettersAsync(cancellationToken)
            ),
            letter,
            body,
            attributes,
            cancellationToken
        );
    }

    private async Task<SendAnswer> SendAsync(
        string url,
        Letter letter,
        string body,
        Dictionary<string, MessageAttributeValue> attributes,
        CancellationToken cancellationToken
    )
    {
        var request = new SendMessageRequest(url, body) { MessageAttributes = attributes };
        if (letter.TraceHeader is { } trace)
        {
            request.MessageSystemAttributes = new()
            {
                [MessageSystemAttributeName.AWSTraceHeader] = new MessageSystemAttributeValue
                {
                    DataType = "String",
                    StringValue = trace,
                },
            };
        }

        try
        {
            return new SendAnswer.Sent((await sqs.SendMessageAsync(request, cancellationToken)).MessageId);
        }
        catch (Exception exception)
            when (AwsFaults.Classify(exception, cancellationToken) is var fault && fault != AwsFault.None)
        {
            var reason = AwsFaults.ReasonOf(exception);
            return fault == AwsFault.Refused ? new SendAnswer.Refused(reason) : new SendAnswer.Unavailable(reason);
        }
    }

    private static Dictionary<string, MessageAttributeValue> Attributes(IEnumerable<LetterAttribute> attributes) =>
        attributes
            .Take(AttributesMax)
            .ToDictionary(
                attribute => attribute.Name,
                attribute =>
                    attribute.Type.StartsWith("Binary", StringComparison.Ordinal)
                        ? new MessageAttributeValue
                        {
                            DataType = attribute.Type,
                            BinaryValue = new MemoryStream(Convert.FromBase64String(attribute.Value)),
                        }
                        : new MessageAttributeValue { DataType = attribute.Type, StringValue = attribute.Value }
            );

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void Add(Dictionary<string, MessageAttributeValue> attributes, string name, string? text)
    {
        if (
            AttributeText.Clean(text) is { } clean
            && (attributes.ContainsKey(name) || attributes.Count < AttributesMax)
        )
        {
            attributes[name] = new MessageAttributeValue { DataType = "String", StringValue = clean };
        }
    }
}

internal abstract record SendAnswer
{
    private SendAnswer() { }

    internal sealed record Sent(string MessageId) : SendAnswer;

    /// <summary>SQS will not take it as it is.</summary>
    internal sealed record Refused(string Reason) : SendAnswer;

    /// <summary>It may or may not have been sent.</summary>
    internal sealed record Unavailable(string Reason) : SendAnswer;
}
