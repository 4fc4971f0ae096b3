using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>What every request to SQS derives from.</summary>
public class AmazonSQSRequest : AmazonWebServiceRequest;
