using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ListQueues
{
    private static readonly JsonMembers<ListQueuesResponse> ResponseMembers = new()
    {
        { "QueueUrls", (response, ref json) => response.QueueUrls = json.ReadStrings() },
        { "NextToken", (response, ref json) => response.NextToken = json.ReadString() },
    };

    internal static readonly InvokeOptions Options = Operation.Of<ListQueuesRequest, ListQueuesResponse>(
        nameof(ListQueues),
        Write,
        ResponseMembers
    );

    private static void Write(Utf8JsonWriter json, ListQueuesRequest request)
    {
        json.Member("QueueNamePrefix"u8, request.QueueNamePrefix);
        json.Member("MaxResults"u8, request.MaxResults);
        json.Member("NextToken"u8, request.NextToken);
    }
}
