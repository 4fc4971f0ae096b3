using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class StartMessageMoveTask
{
    internal static readonly InvokeOptions Options = Operation.Of<
        StartMessageMoveTaskRequest,
        StartMessageMoveTaskResponse
    >(nameof(StartMessageMoveTask), Write, Read);

    private static void Write(Utf8JsonWriter json, StartMessageMoveTaskRequest request)
    {
        json.Member("SourceArn"u8, request.SourceArn);
        json.Member("DestinationArn"u8, request.DestinationArn);
        json.Member("MaxNumberOfMessagesPerSecond"u8, request.MaxNumberOfMessagesPerSecond);
    }

    private static void Read(StartMessageMoveTaskResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("TaskHandle"))
        {
            response.TaskHandle = json.ReadString();
        }
        else
        {
            json.SkipValue();
        }
    }
}
