using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class CancelMessageMoveTaskRequest : AmazonSQSRequest
{
    public string TaskHandle { get; set; } = null!;
}

public class CancelMessageMoveTaskResponse : AmazonWebServiceResponse
{
    public long? ApproximateNumberOfMessagesMoved { get; set; }
}
