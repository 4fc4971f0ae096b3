using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class SendMessageBatchRequest : AmazonSQSRequest
{
    public SendMessageBatchRequest() { }

    public SendMessageBatchRequest(string queueUrl, List<SendMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    public string QueueUrl { get; set; } = null!;

    public List<SendMessageBatchRequestEntry>? Entries { get; set; }
}

/// <summary>The id is unique in its batch and means nothing after it.</summary>
public class SendMessageBatchRequestEntry
{
    public SendMessageBatchRequestEntry() { }

    public SendMessageBatchRequestEntry(string id, string messageBody)
    {
        Id = id;
        MessageBody = messageBody;
    }

    public string Id { get; set; } = null!;

    public string MessageBody { get; set; } = null!;

    public int? DelaySeconds { get; set; }

    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    public Dictionary<string, MessageSystemAttributeValue>? MessageSystemAttributes { get; set; }

    public string? MessageDeduplicationId { get; set; }

    public string? MessageGroupId { get; set; }
}

public class SendMessageBatchResponse : AmazonWebServiceResponse
{
    public List<SendMessageBatchResultEntry>? Successful { get; set; }

    public List<BatchResultErrorEntry>? Failed { get; set; }
}

public class SendMessageBatchResultEntry
{
    public string Id { get; set; } = null!;

    public string MessageId { get; set; } = null!;

    public string MD5OfMessageBody { get; set; } = null!;

    public string? MD5OfMessageAttributes { get; set; }

    public string? MD5OfMessageSystemAttributes { get; set; }

    public string? SequenceNumber { get; set; }
}
