using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ListDeadLetterSourceQueuesRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; } = null!;

    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

public class ListDeadLetterSourceQueuesResponse : AmazonWebServiceResponse
{
    public List<string>? QueueUrls { get; set; }

    public string? NextToken { get; set; }
}
