using System.Text;
using Events.DeadLetters;
using Events.Redelivery;

namespace Processor.Receiving;

/// <summary>One receive of one message: what SQS gave us, and what we need to give it back.</summary>
/// <param name="MessageId">The id SQS gave the message; a copy that is sent again has another.</param>
/// <param name="ReceiptHandle">Of this receive. A handle of an earlier receive may be accepted and do nothing.</param>
/// <param name="Utf8Body">The EventBridge envelope, byte for byte.</param>
/// <param name="ReceiveCount">How often it was received, this time included; deploys and throttles count too.</param>
/// <param name="SentAt">When the queue got it, by the queue's clock.</param>
internal sealed record ReceivedMessage(
    string MessageId,
    string ReceiptHandle,
    ReadOnlyMemory<byte> Utf8Body,
    int ReceiveCount,
    DateTimeOffset SentAt
)
{
    public ReceivedMessage(string messageId, string receiptHandle, string body, int receiveCount, DateTimeOffset sentAt)
        : this(messageId, receiptHandle, Encoding.UTF8.GetBytes(body), receiveCount, sentAt) { }

    /// <summary>The same as text, for the few messages that are sent on.</summary>
    public string Body => Encoding.UTF8.GetString(Utf8Body.Span);

    /// <summary>String message attributes; empty for what a rule put on the queue directly.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = SqsAttributes.None;

    /// <summary>When its first copy was sent: a deferral sends it again, a redrive too, and it stays the same message.</summary>
    public DateTimeOffset FirstSentAt =>
        Attributes.Count == 0
            ? SentAt
            : DeferralAttributes.From(Attributes).FirstSentAt ?? DeadLetterAttributes.From(Attributes).SentAt ?? SentAt;

    /// <summary>Of a copy that waits: it is not to be worked on before this.</summary>
    public DateTimeOffset? NotBefore => Attributes.Count == 0 ? null : DeferralAttributes.From(Attributes).NotBefore;

    /// <summary>False of a message that came before: it returns because something had to wait or failed, or somebody sent it back.</summary>
    public bool IsNew =>
        ReceiveCount == 1
        && (
            Attributes.Count == 0
            || (
                DeferralAttributes.From(Attributes).Deferrals == 0
                && DeadLetterAttributes.From(Attributes).LastFailedAt is null
            )
        );

    /// <summary>Only in a FIFO queue.</summary>
    public string? MessageGroupId { get; init; }

    /// <summary>The system attribute <c>AWSTraceHeader</c>: what stands in for <c>traceparent</c> where no service of ours sent the message.</summary>
    public string? TraceHeader { get; init; }

    public string? TraceParent =>
        Attributes.GetValueOrDefault(DeadLetterAttributeNames.TraceParent) ?? XRayHeader.ToTraceParent(TraceHeader);
}
