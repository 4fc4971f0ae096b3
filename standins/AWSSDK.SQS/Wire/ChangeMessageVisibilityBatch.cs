using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ChangeMessageVisibilityBatch
{
    private static readonly JsonMembers<ChangeMessageVisibilityBatchResultEntry> EntryMembers = new()
    {
        { "Id", (entry, ref json) => entry.Id = json.ReadString() },
    };

    private static readonly JsonMembers<ChangeMessageVisibilityBatchResponse> ResponseMembers = new()
    {
        { "Successful", (response, ref json) => response.Successful = json.ReadList(EntryMembers) },
        { "Failed", (response, ref json) => response.Failed = json.ReadList(BatchFailure.Members) },
    };

    internal static readonly InvokeOptions Options = Operation.Of<
        ChangeMessageVisibilityBatchRequest,
        ChangeMessageVisibilityBatchResponse
    >(nameof(ChangeMessageVisibilityBatch), Write, ResponseMembers);

    private static void Write(Utf8JsonWriter json, ChangeMessageVisibilityBatchRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("Entries"u8, request.Entries, Write);
    }

    private static void Write(Utf8JsonWriter json, ChangeMessageVisibilityBatchRequestEntry entry)
    {
        json.Member("Id"u8, entry.Id);
        json.Member("ReceiptHandle"u8, entry.ReceiptHandle);
        json.Member("VisibilityTimeout"u8, entry.VisibilityTimeout);
    }
}
