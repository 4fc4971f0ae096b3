using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class CancelMessageMoveTask
{
    internal static readonly InvokeOptions Options = Operation.Of<
        CancelMessageMoveTaskRequest,
        CancelMessageMoveTaskResponse
    >(nameof(CancelMessageMoveTask), Write, Read);

    private static void Write(Utf8JsonWriter json, CancelMessageMoveTaskRequest request)
    {
        json.Member("TaskHandle"u8, request.TaskHandle);
    }

    private static void Read(CancelMessageMoveTaskResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("ApproximateNumberOfMessagesMoved"))
        {
            response.ApproximateNumberOfMessagesMoved = json.ReadInt64();
        }
        else
        {
            json.SkipValue();
        }
    }
}
