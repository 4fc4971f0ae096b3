using Events.DeadLetters;
using Events.Redelivery;

namespace Processor.Receiving;

/// <summary>One receive of one message: what SQS gave us, and what we need to give it back.</summary>
/// <param name="MessageId">The id SQS gave the message; a copy that is sent again has another.</param>
/// <param name="ReceiptHandle">Of this receive. A handle of an earlier receive may be accepted and do nothing.</param>
/// <param name="Body">The EventBridge envelope, byte for byte.</param>
/// <param name="ReceiveCount">How often it was received, this time included; deploys and throttles count too.</param>
/// <param name="SentAt">When the queue got it, by the queue's clock.</param>
internal sealed record ReceivedMessage(
    string MessageId,
    string ReceiptHandle,
    string Body,
    int ReceiveCount,
    DateTimeOffset SentAt
)
{
    /// <summary>String message attributes; empty for what a rule put on the queue directly.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = EmptyAttributes;

    /// <summary>When its first copy was sent: a deferral sends it again, a redrive too, and it stays the same message.</summary>
    public DateTimeOffset FirstSentAt =>
        DeferralAttributes.From(Attributes).FirstSentAt ?? DeadLetterAttributes.From(Attributes).SentAt ?? SentAt;

    /// <summary>Of a copy that waits: it is not to be worked on before this.</summary>
    public DateTimeOffset? NotBefore => DeferralAttributes.From(Attributes).NotBefore;

    /// <summary>Only in a FIFO queue.</summary>
    public string? MessageGroupId { get; init; }

    /// <summary>The system attribute <c>AWSTraceHeader</c>: what stands in for <c>traceparent</c> where no service of ours sent the message.</summary>
    public string? TraceHeader { get; init; }

    public string? TraceParent =>
        Attributes.GetValueOrDefault(DeadLetterAttributeNames.TraceParent) ?? XRayHeader.ToTraceParent(TraceHeader);

    private static readonly IReadOnlyDictionary<string, string> EmptyAttributes = new Dictionary<string, string>();
}
