using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class GetQueueAttributesRequest : AmazonSQSRequest
{
    public GetQueueAttributesRequest() { }

    public GetQueueAttributesRequest(string queueUrl, List<string> attributeNames)
    {
        QueueUrl = queueUrl;
        AttributeNames = attributeNames;
    }

    public string QueueUrl { get; set; } = null!;

    public List<string>? AttributeNames { get; set; }
}

public class GetQueueAttributesResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string>? Attributes { get; set; }
}
