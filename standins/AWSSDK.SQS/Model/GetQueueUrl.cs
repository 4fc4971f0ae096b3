using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class GetQueueUrlRequest : AmazonSQSRequest
{
    public GetQueueUrlRequest() { }

    public GetQueueUrlRequest(string queueName)
    {
        QueueName = queueName;
    }

    public string QueueName { get; set; } = null!;

    public string? QueueOwnerAWSAccountId { get; set; }
}

public class GetQueueUrlResponse : AmazonWebServiceResponse
{
    public string QueueUrl { get; set; } = null!;
}
