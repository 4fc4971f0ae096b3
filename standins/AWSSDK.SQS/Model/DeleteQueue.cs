using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class DeleteQueueRequest : AmazonSQSRequest
{
    public DeleteQueueRequest() { }

    public DeleteQueueRequest(string queueUrl)
    {
        QueueUrl = queueUrl;
    }

    public string QueueUrl { get; set; } = null!;
}

public class DeleteQueueResponse : AmazonWebServiceResponse;
