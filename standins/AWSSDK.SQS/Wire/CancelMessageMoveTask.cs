using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class CancelMessageMoveTask
{
    private static readonly JsonMembers<CancelMessageMoveTaskResponse> ResponseMembers = new()
    {
        {
            "ApproximateNumberOfMessagesMoved",
            (response, ref json) => response.ApproximateNumberOfMessagesMoved = json.ReadInt64()
        },
    };

    internal static readonly InvokeOptions Options = Operation.Of<
        CancelMessageMoveTaskRequest,
        CancelMessageMoveTaskResponse
    >(nameof(CancelMessageMoveTask), Write, ResponseMembers);

    private static void Write(Utf8JsonWriter json, CancelMessageMoveTaskRequest request)
    {
        json.Member("TaskHandle"u8, request.TaskHandle);
    }
}
