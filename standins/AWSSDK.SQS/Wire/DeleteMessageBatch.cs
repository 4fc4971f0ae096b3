using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class DeleteMessageBatch
{
    internal static readonly InvokeOptions Options = Operation.Of<
        DeleteMessageBatchRequest,
        DeleteMessageBatchResponse
    >(nameof(DeleteMessageBatch), Write, Read);

    private static void Write(Utf8JsonWriter json, DeleteMessageBatchRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("Entries"u8, request.Entries, Write);
    }

    private static void Read(DeleteMessageBatchResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Successful"))
        {
            response.Successful = json.ReadList<DeleteMessageBatchResultEntry>(Read);
        }
        else if (json.ValueTextEquals("Failed"))
        {
            response.Failed = json.ReadList<BatchResultErrorEntry>(BatchFailure.Read);
        }
        else
        {
            json.SkipValue();
        }
    }

    private static void Write(Utf8JsonWriter json, DeleteMessageBatchRequestEntry entry)
    {
        json.Member("Id"u8, entry.Id);
        json.Member("ReceiptHandle"u8, entry.ReceiptHandle);
    }

    private static void Read(DeleteMessageBatchResultEntry entry, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Id"))
        {
            entry.Id = json.ReadString();
        }
        else
        {
            json.SkipValue();
        }
    }
}
