using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ListDeadLetterSourceQueues
{
    private static readonly JsonMembers<ListDeadLetterSourceQueuesResponse> ResponseMembers = new()
    {
        { "queueUrls", (response, ref json) => response.QueueUrls = json.ReadStrings() },
        { "NextToken", (response, ref json) => response.NextToken = json.ReadString() },
    };

    internal static readonly InvokeOptions Options = Operation.Of<
        ListDeadLetterSourceQueuesRequest,
        ListDeadLetterSourceQueuesResponse
    >(nameof(ListDeadLetterSourceQueues), Write, ResponseMembers);

    private static void Write(Utf8JsonWriter json, ListDeadLetterSourceQueuesRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
        json.Member("MaxResults"u8, request.MaxResults);
        json.Member("NextToken"u8, request.NextToken);
    }
}
