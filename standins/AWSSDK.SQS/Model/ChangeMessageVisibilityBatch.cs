using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ChangeMessageVisibilityBatchRequest : AmazonSQSRequest
{
    public ChangeMessageVisibilityBatchRequest() { }

    public ChangeMessageVisibilityBatchRequest(string queueUrl, List<ChangeMessageVisibilityBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    public string QueueUrl { get; set; } = null!;

    public List<ChangeMessageVisibilityBatchRequestEntry>? Entries { get; set; }
}

public class ChangeMessageVisibilityBatchRequestEntry
{
    public ChangeMessageVisibilityBatchRequestEntry() { }

    public ChangeMessageVisibilityBatchRequestEntry(string id, string receiptHandle)
    {
        Id = id;
        ReceiptHandle = receiptHandle;
    }

    public string Id { get; set; } = null!;

    public string ReceiptHandle { get; set; } = null!;

    public int? VisibilityTimeout { get; set; }
}

public class ChangeMessageVisibilityBatchResponse : AmazonWebServiceResponse
{
    public List<ChangeMessageVisibilityBatchResultEntry>? Successful { get; set; }

    public List<BatchResultErrorEntry>? Failed { get; set; }
}

public class ChangeMessageVisibilityBatchResultEntry
{
    public string Id { get; set; } = null!;
}
