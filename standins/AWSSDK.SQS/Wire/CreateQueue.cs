using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class CreateQueue
{
    private static readonly JsonMembers<CreateQueueResponse> ResponseMembers = new()
    {
        { "QueueUrl", (response, ref json) => response.QueueUrl = json.ReadString() },
    };

    internal static readonly InvokeOptions Options = Operation.Of<CreateQueueRequest, CreateQueueResponse>(
        nameof(CreateQueue),
        Write,
        ResponseMembers
    );

    private static void Write(Utf8JsonWriter json, CreateQueueRequest request)
    {
        json.Member("QueueName"u8, request.QueueName);
        json.Member("Attributes"u8, request.Attributes);
        json.Member("tags"u8, request.Tags);
    }
}
