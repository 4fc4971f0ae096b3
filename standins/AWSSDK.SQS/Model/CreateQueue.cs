using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class CreateQueueRequest : AmazonSQSRequest
{
    public CreateQueueRequest() { }

    public CreateQueueRequest(string queueName)
    {
        QueueName = queueName;
    }

    public string QueueName { get; set; } = null!;

    /// <summary>Names as in <see cref="QueueAttributeName"/>.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    public Dictionary<string, string>? Tags { get; set; }
}

public class CreateQueueResponse : AmazonWebServiceResponse
{
    public string QueueUrl { get; set; } = null!;
}
