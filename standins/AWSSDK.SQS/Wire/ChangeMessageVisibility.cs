using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ChangeMessageVisibility
{
    internal static readonly InvokeOptions Options = Operation.Of<
        ChangeMessageVisibilityRequest,
        ChangeMessageVisibilityResponse
    >(nameof(ChangeMessageVisibility), Write);

    private static void Write(Utf8JsonWriter json, ChangeMessageVisibilityRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("ReceiptHandle"u8, request.ReceiptHandle);
        json.Member("VisibilityTimeout"u8, request.VisibilityTimeout);
    }
}
