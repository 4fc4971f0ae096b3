using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ListQueues
{
    internal static readonly InvokeOptions Options = Operation.Of<ListQueuesRequest, ListQueuesResponse>(
        nameof(ListQueues),
        Write,
        Read
    );

    private static void Write(Utf8JsonWriter json, ListQueuesRequest request)
    {
        json.Member("QueueNamePrefix"u8, request.QueueNamePrefix);
        json.Member("MaxResults"u8, request.MaxResults);
        json.Member("NextToken"u8, request.NextToken);
    }

    private static void Read(ListQueuesResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("QueueUrls"))
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
