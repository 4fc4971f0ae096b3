using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ChangeMessageVisibilityBatch
{
    internal static readonly InvokeOptions Options = Operation.Of<
        ChangeMessageVisibilityBatchRequest,
        ChangeMessageVisibilityBatchResponse
    >(nameof(ChangeMessageVisibilityBatch), Write, Read);

    private static void Write(Utf8JsonWriter json, ChangeMessageVisibilityBatchRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("Entries"u8, request.Entries, Write);
    }

    private static void Read(ChangeMessageVisibilityBatchResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Successful"))
        {
            response.Successful = json.ReadList<ChangeMessageVisibilityBatchResultEntry>(Read);
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

    private static void Write(Utf8JsonWriter json, ChangeMessageVisibilityBatchRequestEntry entry)
    {
        json.Member("Id"u8, entry.Id);
        json.Member("ReceiptHandle"u8, entry.ReceiptHandle);
        json.Member("VisibilityTimeout"u8, entry.VisibilityTimeout);
    }

    private static void Read(ChangeMessageVisibilityBatchResultEntry entry, ref StreamingUtf8JsonReader json)
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
