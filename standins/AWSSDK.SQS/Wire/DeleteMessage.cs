using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class DeleteMessage
{
    internal static readonly InvokeOptions Options = Operation.Of<DeleteMessageRequest, DeleteMessageResponse>(
        nameof(DeleteMessage),
        Write
    );

    private static void Write(Utf8JsonWriter json, DeleteMessageRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("ReceiptHandle"u8, request.ReceiptHandle);
    }
}
