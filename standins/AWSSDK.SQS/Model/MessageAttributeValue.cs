namespace Amazon.SQS.Model;

/// <summary>A typed value beside the body of a message; it counts towards the size limit of the message.</summary>
public class MessageAttributeValue
{
    /// <summary><c>String</c>, <c>Number</c> or <c>Binary</c>, each with an optional suffix, as in <c>Number.int</c>.</summary>
    public string DataType { get; set; } = null!;

    public string? StringValue { get; set; }

    public MemoryStream? BinaryValue { get; set; }
}

/// <summary>As <see cref="MessageAttributeValue"/>, for what SQS understands itself: only <c>AWSTraceHeader</c>.</summary>
public class MessageSystemAttributeValue
{
    public string DataType { get; set; } = null!;

    public string? StringValue { get; set; }

    public MemoryStream? BinaryValue { get; set; }
}
