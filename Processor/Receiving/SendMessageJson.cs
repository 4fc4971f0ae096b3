using System.Buffers;
using System.Text.Json;
using ServiceDefaults.Wire;

namespace Processor.Receiving;

/// <summary>The request and the answer of SendMessage in the AWS JSON protocol: an event again, or its dead letter.</summary>
internal static class SendMessageJson
{
    public const string Operation = "SendMessage";

    /// <param name="request">Where it is written.</param>
    /// <param name="queueUrl">Where it goes.</param>
    /// <param name="body">The message.</param>
    /// <param name="attributes">All of type String.</param>
    /// <param name="delay">How long nobody gets it, in whole seconds, rounded up; null is the queue's own.</param>
    /// <param name="groupId">Of a FIFO queue alone.</param>
    /// <param name="deduplicationId">Of a FIFO queue alone.</param>
    public static void Write(
        IBufferWriter<byte> request,
        string queueUrl,
        string body,
        IReadOnlyDictionary<string, string> attributes,
        TimeSpan? delay = null,
        string? groupId = null,
        string? deduplicationId = null
    )
    {
        using var writer = WireRequest.Writer(request);
        writer.WriteStartObject();
        writer.WriteString("QueueUrl"u8, queueUrl);
        writer.WriteString("MessageBody"u8, body);
        if (attributes.Count > 0)
        {
            writer.WriteStartObject("MessageAttributes"u8);
            foreach (var (name, value) in attributes)
            {
                writer.WriteStartObject(name);
                writer.WriteString("DataType"u8, SqsAttributes.DataType);
                writer.WriteString("StringValue"u8, value);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        if (delay is { } later)
        {
            writer.WriteNumber("DelaySeconds"u8, (int)Math.Ceiling(later.TotalSeconds));
        }

        if (groupId is not null)
        {
            writer.WriteString("MessageGroupId"u8, groupId);
        }

        if (deduplicationId is not null)
        {
            writer.WriteString("MessageDeduplicationId"u8, deduplicationId);
        }

        writer.WriteEndObject();
    }

    /// <summary>Only what has an id is in the queue: a proxy may say 200 too.</summary>
    /// <exception cref="JsonException">It is no answer of SQS.</exception>
    public static string Read(ReadOnlyMemory<byte> answer) =>
        WireAnswer.Read(
            answer,
            root =>
                root.GetProperty("MessageId"u8).GetString() is { Length: > 0 } id
                    ? id
                    : throw new FormatException("The message has no id.")
        );
}
