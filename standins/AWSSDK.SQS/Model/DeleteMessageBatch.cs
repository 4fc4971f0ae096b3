using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class DeleteMessageBatchRequest : AmazonSQSRequest
{
    public DeleteMessageBatchRequest() { }

    public DeleteMessageBatchRequest(string queueUrl, List<DeleteMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    public string QueueUrl { get; set; } = null!;

    public List<DeleteMessageBatchRequestEntry>? Entries { get; set; }
}

public class DeleteMessageBatchRequestEntry
{
    public DeleteMessageBatchRequestEntry() { }

    public DeleteMessageBatchRequestEntry(string id, string receiptHandle)
    {
        Id = id;
        ReceiptHandle = receiptHandle;
    }

    public string Id { get; set; } = null!;

    public string ReceiptHandle { get; set; } = null!;
}

public class DeleteMessageBatchResponse : AmazonWebServiceResponse
{
    public List<DeleteMessageBatchResultEntry>? Successful { get; set; }

    public List<BatchResultErrorEntry>? Failed { get; set; }
}

public class DeleteMessageBatchResultEntry
{
    public string Id { get; set; } = null!;
}
