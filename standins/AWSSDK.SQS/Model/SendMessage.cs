using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class SendMessageRequest : AmazonSQSRequest
{
    public SendMessageRequest() { }

    public SendMessageRequest(string queueUrl, string messageBody)
    {
        QueueUrl = queueUrl;
        MessageBody = messageBody;
    }

    public string QueueUrl { get; set; } = null!;

    public string MessageBody { get; set; } = null!;

    public int? DelaySeconds { get; set; }

    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    public Dictionary<string, MessageSystemAttributeValue>? MessageSystemAttributes { get; set; }

    public string? MessageDeduplicationId { get; set; }

    public string? MessageGroupId { get; set; }
}

public class SendMessageResponse : AmazonWebServiceResponse
{
    public string MessageId { get; set; } = null!;

    public string MD5OfMessageBody { get; set; } = null!;

    public string? MD5OfMessageAttributes { get; set; }

    public string? MD5OfMessageSystemAttributes { get; set; }

    public string? SequenceNumber { get; set; }
}
