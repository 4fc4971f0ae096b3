using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class ListMessageMoveTasks
{
    private static readonly JsonMembers<ListMessageMoveTasksResultEntry> EntryMembers = new()
    {
        { "TaskHandle", (task, ref json) => task.TaskHandle = json.ReadString() },
        { "Status", (task, ref json) => task.Status = json.ReadString() },
        { "SourceArn", (task, ref json) => task.SourceArn = json.ReadString() },
        { "DestinationArn", (task, ref json) => task.DestinationArn = json.ReadString() },
        { "MaxNumberOfMessagesPerSecond", (task, ref json) => task.MaxNumberOfMessagesPerSecond = json.ReadInt32() },
        {
            "ApproximateNumberOfMessagesMoved",
            (task, ref json) => task.ApproximateNumberOfMessagesMoved = json.ReadInt64()
        },
        {
            "ApproximateNumberOfMessagesToMove",
            (task, ref json) => task.ApproximateNumberOfMessagesToMove = json.ReadInt64()
        },
        { "FailureReason", (task, ref json) => task.FailureReason = json.ReadString() },
        { "StartedTimestamp", (task, ref json) => task.StartedTimestamp = json.ReadInt64() },
    };

    private static readonly JsonMembers<ListMessageMoveTasksResponse> ResponseMembers = new()
    {
        { "Results", (response, ref json) => response.Results = json.ReadList(EntryMembers) },
    };

    internal static readonly InvokeOptions Options = Operation.Of<
        ListMessageMoveTasksRequest,
        ListMessageMoveTasksResponse
    >(nameof(ListMessageMoveTasks), Write, ResponseMembers);

    private static void Write(Utf8JsonWriter json, ListMessageMoveTasksRequest request)
    {
        json.Member("SourceArn"u8, request.SourceArn);
        json.Member("MaxResults"u8, request.MaxResults);
    }
}
