using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class SetQueueAttributes
{
    internal static readonly InvokeOptions Options = Operation.Of<
        SetQueueAttributesRequest,
        SetQueueAttributesResponse
    >(nameof(SetQueueAttributes), Write);

    private static void Write(Utf8JsonWriter json, SetQueueAttributesRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("Attributes"u8, request.Attributes);
    }
}
