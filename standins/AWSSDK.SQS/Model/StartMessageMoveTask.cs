using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class StartMessageMoveTaskRequest : AmazonSQSRequest
{
    public string SourceArn { get; set; } = null!;

    /// <summary>Null sends each message back to the queue it came from.</summary>
    public string? DestinationArn { get; set; }

    public int? MaxNumberOfMessagesPerSecond { get; set; }
}

public class StartMessageMoveTaskResponse : AmazonWebServiceResponse
{
    public string TaskHandle { get; set; } = null!;
}
