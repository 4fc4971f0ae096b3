using System.Collections.Concurrent;
using System.Text.Json;

namespace Bench.Endpoints;

/// <summary>What AWS was asked, and what it would bill.</summary>
internal sealed class RequestCounts
{
    private static readonly HashSet<string> OfSqs =
    [
        "ReceiveMessage",
        "DeleteMessage",
        "DeleteMessageBatch",
        "SendMessage",
        "SendMessageBatch",
        "ChangeMessageVisibility",
        "ChangeMessageVisibilityBatch",
        "GetQueueUrl",
        "GetQueueAttributes",
    ];

    private readonly ConcurrentDictionary<string, int> _requests = new();
    private int _deleted;
    private int _writeUnits;

    /// <summary>How many messages were deleted.</summary>
    public int Deleted => Volatile.Read(ref _deleted);

    public int WriteUnits => Volatile.Read(ref _writeUnits);

    public int Sqs => _requests.Where(request => OfSqs.Contains(request.Key)).Sum(request => request.Value);

    public int DynamoDb => Total - Sqs;

    public int Total => _requests.Values.Sum();

    public IReadOnlyDictionary<string, int> ByOperation => _requests;

    /// <summary>Whether the body of a request says anything that is counted.</summary>
    public static bool AreIn(string operation) =>
        operation is "DeleteMessageBatch" or "DeleteMessage" || DynamoDbUnits.AreSpentBy(operation);

    public void Add(string operation) => _requests.AddOrUpdate(operation, 1, static (_, count) => count + 1);

    public void AddBody(string operation, JsonElement body)
    {
        switch (operation)
        {
            case "DeleteMessageBatch":
                Interlocked.Add(ref _deleted, body.GetProperty("Entries").GetArrayLength());
                break;

            case "DeleteMessage":
                Interlocked.Increment(ref _deleted);
                break;

            default:
                Interlocked.Add(ref _writeUnits, DynamoDbUnits.Of(operation, body));
                break;
        }
    }
}
