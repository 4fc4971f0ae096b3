using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class GetQueueAttributes
{
    private static readonly JsonMembers<GetQueueAttributesResponse> ResponseMembers = new()
    {
        { "Attributes", (response, ref json) => response.Attributes = json.ReadStringMap() },
    };

    internal static readonly InvokeOptions Options = Operation.Of<
        GetQueueAttributesRequest,
        GetQueueAttributesResponse
    >(nameof(GetQueueAttributes), Write, ResponseMembers);

    private static void Write(Utf8JsonWriter json, GetQueueAttributesRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("AttributeNames"u8, request.AttributeNames);
    }
}
