using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class GetQueueUrl
{
    private static readonly JsonMembers<GetQueueUrlResponse> ResponseMembers = new()
    {
        { "QueueUrl", (response, ref json) => response.QueueUrl = json.ReadString() },
    };

    internal static readonly InvokeOptions Options = Operation.Of<GetQueueUrlRequest, GetQueueUrlResponse>(
        nameof(GetQueueUrl),
        Write,
        ResponseMembers
    );

    private static void Write(Utf8JsonWriter json, GetQueueUrlRequest request)
    {
        json.Member("QueueName"u8, request.QueueName);
        json.Member("QueueOwnerAWSAccountId"u8, request.QueueOwnerAWSAccountId);
    }
}
