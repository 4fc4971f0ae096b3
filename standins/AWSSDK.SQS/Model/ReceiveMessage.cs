using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ReceiveMessageRequest : AmazonSQSRequest
{
    public ReceiveMessageRequest() { }

    public ReceiveMessageRequest(string queueUrl)
    {
        QueueUrl = queueUrl;
    }

    public string QueueUrl { get; set; } = null!;

    /// <summary>1 to 10; 1 when null.</summary>
    public int? MaxNumberOfMessages { get; set; }

    public int? WaitTimeSeconds { get; set; }

    public int? VisibilityTimeout { get; set; }

    public List<string>? MessageSystemAttributeNames { get; set; }

    public List<string>? MessageAttributeNames { get; set; }

    public string? ReceiveRequestAttemptId { get; set; }
}

public class ReceiveMessageResponse : AmazonWebServiceResponse
{
    /// <summary>Null when there were none.</summary>
    public List<Message>? Messages { get; set; }
}
