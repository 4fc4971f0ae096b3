using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ListDeadLetterSourceQueues
{
    internal static readonly InvokeOptions Options = Operation.Of<
        ListDeadLetterSourceQueuesRequest,
        ListDeadLetterSourceQueuesResponse
    >(nameof(ListDeadLetterSourceQueues), Write, Read);

    private static void Write(Utf8JsonWriter json, ListDeadLetterSourceQueuesRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("MaxResults"u8, request.MaxResults);
        json.Member("NextToken"u8, request.NextToken);
    }

    private static void Read(ListDeadLetterSourceQueuesResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("queueUrls"))
        {
            response.QueueUrls = json.ReadStrings();
        }
        else if (json.ValueTextEquals("NextToken"))
        {
            response.NextToken = json.ReadString();
        }
        else
        {
            json.SkipValue();
        }
    }
}
