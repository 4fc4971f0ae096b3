namespace Amazon.SQS.Model;

/// <summary>One message as received; its receipt handle belongs to this receive and to no other.</summary>
public class Message
{
    public string MessageId { get; set; } = null!;

    public string ReceiptHandle { get; set; } = null!;

    public string Body { get; set; } = null!;

    public string MD5OfBody { get; set; } = null!;

    /// <summary>What <see cref="MessageSystemAttributeName"/> names; null unless the receive asked for it.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    /// <summary>Null unless the receive asked for it.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    public string? MD5OfMessageAttributes { get; set; }
}
