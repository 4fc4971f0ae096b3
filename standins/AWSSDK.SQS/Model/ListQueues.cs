using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ListQueuesRequest : AmazonSQSRequest
{
    public ListQueuesRequest() { }

    public ListQueuesRequest(string queueNamePrefix)
    {
        QueueNamePrefix = queueNamePrefix;
    }

    public string? QueueNamePrefix { get; set; }

    /// <summary>Without it SQS gives at most 1,000 and no <see cref="NextToken"/>.</summary>
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

public class ListQueuesResponse : AmazonWebServiceResponse
{
    public List<string>? QueueUrls { get; set; }

    public string? NextToken { get; set; }
}
