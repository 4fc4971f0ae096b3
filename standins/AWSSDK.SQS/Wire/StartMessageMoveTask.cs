using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class StartMessageMoveTask
{
    private static readonly JsonMembers<StartMessageMoveTaskResponse> ResponseMembers = new()
    {
        { "TaskHandle", (response, ref json) => response.TaskHandle = json.ReadString() },
    };

    internal static readonly InvokeOptions Options = Operation.Of<
        StartMessageMoveTaskRequest,
        StartMessageMoveTaskResponse
    >(nameof(StartMessageMoveTask), Write, ResponseMembers);

    private static void Write(Utf8JsonWriter json, StartMessageMoveTaskRequest request)
    {
        json.Member("SourceArn"u8, request.SourceArn);
        json.Member("DestinationArn"u8, request.DestinationArn);
        json.Member("MaxNumberOfMessagesPerSecond"u8, request.MaxNumberOfMessagesPerSecond);
    }
}
