using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ListMessageMoveTasks
{
    internal static readonly InvokeOptions Options = Operation.Of<
        ListMessageMoveTasksRequest,
        ListMessageMoveTasksResponse
    >(nameof(ListMessageMoveTasks), Write, Read);

    private static void Write(Utf8JsonWriter json, ListMessageMoveTasksRequest request)
    {
        json.Member("SourceArn"u8, request.SourceArn);
        json.Member("MaxResults"u8, request.MaxResults);
    }

    private static void Read(ListMessageMoveTasksResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Results"))
        {
            response.Results = json.ReadList<ListMessageMoveTasksResultEntry>(Read);
        }
        else
        {
            json.SkipValue();
        }
    }

    private static void Read(ListMessageMoveTasksResultEntry task, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("TaskHandle"))
        {
            task.TaskHandle = json.ReadString();
        }
        else if (json.ValueTextEquals("Status"))
        {
            task.Status = json.ReadString();
        }
        else if (json.ValueTextEquals("SourceArn"))
        {
            task.SourceArn = json.ReadString();
        }
        else if (json.ValueTextEquals("DestinationArn"))
        {
            task.DestinationArn = json.ReadString();
        }
        else if (json.ValueTextEquals("MaxNumberOfMessagesPerSecond"))
        {
            task.MaxNumberOfMessagesPerSecond = json.ReadInt32();
        }
        else if (json.ValueTextEquals("ApproximateNumberOfMessagesMoved"))
        {
            task.ApproximateNumberOfMessagesMoved = json.ReadInt64();
        }
        else if (json.ValueTextEquals("ApproximateNumberOfMessagesToMove"))
        {
            task.ApproximateNumberOfMessagesToMove = json.ReadInt64();
        }
        else if (json.ValueTextEquals("FailureReason"))
        {
            task.FailureReason = json.ReadString();
        }
        else if (json.ValueTextEquals("StartedTimestamp"))
        {
            task.StartedTimestamp = json.ReadInt64();
        }
        else
        {
            json.SkipValue();
        }
    }
}
