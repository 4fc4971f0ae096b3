using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ListMessageMoveTasksRequest : AmazonSQSRequest
{
    public string SourceArn { get; set; } = null!;

    public int? MaxResults { get; set; }
}

public class ListMessageMoveTasksResponse : AmazonWebServiceResponse
{
    public List<ListMessageMoveTasksResultEntry>? Results { get; set; }
}

public class ListMessageMoveTasksResultEntry
{
    /// <summary>Only a running task has one.</summary>
    public string? TaskHandle { get; set; }

    public string Status { get; set; } = null!;

    public string SourceArn { get; set; } = null!;

    public string? DestinationArn { get; set; }

    public int? MaxNumberOfMessagesPerSecond { get; set; }

    public long? ApproximateNumberOfMessagesMoved { get; set; }

    public long? ApproximateNumberOfMessagesToMove { get; set; }

    public string? FailureReason { get; set; }

    /// <summary>Milliseconds since 1970.</summary>
    public long? StartedTimestamp { get; set; }
}
