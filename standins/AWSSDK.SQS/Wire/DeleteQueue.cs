using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class DeleteQueue
{
    internal static readonly InvokeOptions Options = Operation.Of<DeleteQueueRequest, DeleteQueueResponse>(
        nameof(DeleteQueue),
        Write
    );

    private static void Write(Utf8JsonWriter json, DeleteQueueRequest request)
    {
        json.Member("QueueUrl"u8, request.QueueUrl);
    }
}
