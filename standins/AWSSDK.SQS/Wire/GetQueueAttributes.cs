using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class GetQueueAttributes
{
    internal static readonly InvokeOptions Options = Operation.Of<
        GetQueueAttributesRequest,
        GetQueueAttributesResponse
    >(nameof(GetQueueAttributes), Write, Read);

    private static void Write(Utf8JsonWriter json, GetQueueAttributesRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("AttributeNames"u8, request.AttributeNames);
    }

    private static void Read(GetQueueAttributesResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Attributes"))
        {
            response.Attributes = json.ReadStringMap();
        }
        else
        {
            json.SkipValue();
        }
    }
}
