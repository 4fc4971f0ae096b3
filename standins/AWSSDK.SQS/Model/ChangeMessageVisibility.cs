using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ChangeMessageVisibilityRequest : AmazonSQSRequest
{
    public ChangeMessageVisibilityRequest() { }

    public ChangeMessageVisibilityRequest(string queueUrl, string receiptHandle, int? visibilityTimeout)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
        VisibilityTimeout = visibilityTimeout;
    }

    public string QueueUrl { get; set; } = null!;

    public string ReceiptHandle { get; set; } = null!;

    /// <summary>Seconds from now, 0 to 43,200; 0 makes the message visible at once.</summary>
    public int? VisibilityTimeout { get; set; }
}

public class ChangeMessageVisibilityResponse : AmazonWebServiceResponse;
