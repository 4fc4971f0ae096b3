using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>What SQS itself knows of a message and tells when a receive asks for it.</summary>
public class MessageSystemAttributeName : ConstantClass
{
    public static readonly MessageSystemAttributeName All = new("All");
    public static readonly MessageSystemAttributeName SenderId = new("SenderId");
    public static readonly MessageSystemAttributeName SentTimestamp = new("SentTimestamp");
    public static readonly MessageSystemAttributeName ApproximateReceiveCount = new("ApproximateReceiveCount");
    public static readonly MessageSystemAttributeName ApproximateFirstReceiveTimestamp = new(
        "ApproximateFirstReceiveTimestamp"
    );
    public static readonly MessageSystemAttributeName SequenceNumber = new("SequenceNumber");
    public static readonly MessageSystemAttributeName MessageDeduplicationId = new("MessageDeduplicationId");
    public static readonly MessageSystemAttributeName MessageGroupId = new("MessageGroupId");
    public static readonly MessageSystemAttributeName AWSTraceHeader = new("AWSTraceHeader");
    public static readonly MessageSystemAttributeName DeadLetterQueueSourceArn = new("DeadLetterQueueSourceArn");

    public MessageSystemAttributeName(string value)
        : base(value) { }

    public static implicit operator MessageSystemAttributeName(string value) => FindValue(value);

    public static MessageSystemAttributeName FindValue(string value) => FindValue<MessageSystemAttributeName>(value);
}
