using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class PurgeQueue
{
    internal static readonly InvokeOptions Options = Operation.Of<PurgeQueueRequest, PurgeQueueResponse>(
        nameof(PurgeQueue),
        Write
    );

    private static void Write(Utf8JsonWriter json, PurgeQueueRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
    }
}
