using System.Collections.Concurrent;
using System.Text.Json;

namespace Bench.Endpoints;

/// <summary>What AWS was asked, and what it would bill.</summary>
internal sealed class RequestCounts
{
    private const string QueueOfEvents = $"/{Names.EventsQueue}";

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

    private readonly ConcurrentDictionary<string, int> _requests;
    private readonly ConcurrentDictionary<string, int> _writeUnits;
    private int _deleted;

    public RequestCounts()
        : this(new(), new()) { }

    private RequestCounts(ConcurrentDictionary<string, int> requests, ConcurrentDictionary<string, int> writeUnits) =>
        (_requests, _writeUnits) = (requests, writeUnits);

    /// <summary>How many messages were deleted from the queue of events.</summary>
    public int Deleted => Volatile.Read(ref _deleted);

    public int WriteUnits => _writeUnits.Values.Sum();

    public int Sqs => _requests.Where(request => OfSqs.Contains(request.Key)).Sum(request => request.Value);

    public int DynamoDb => Total - Sqs;

    public int Total => _requests.Values.Sum();

    public IReadOnlyDictionary<string, int> ByOperation => _requests;

    public IReadOnlyDictionary<string, int> UnitsByOperation => _writeUnits;

    /// <summary>What was counted so far; what comes later is not in it.</summary>
    public RequestCounts Snapshot() => new(new(_requests), new(_writeUnits)) { _deleted = Deleted };

    /// <summary>Whether the body of a request says anything that is counted.</summary>
    public static bool AreIn(string operation) =>
        operation is "DeleteMessageBatch" or "DeleteMessage" || DynamoDbUnits.AreSpentBy(operation);

    public void Add(string operation) => Add(_requests, operation, 1);

    public void AddBody(string operation, JsonElement body)
    {
        switch (operation)
        {
            case "DeleteMessageBatch":
                AddDeleted(body, body.GetProperty("Entries").GetArrayLength());
                break;

            case "DeleteMessage":
                AddDeleted(body, 1);
                break;

            default:
                Add(_writeUnits, operation, DynamoDbUnits.Of(operation, body));
                break;
        }
    }

    private void AddDeleted(JsonElement body, int messages)
    {
        if (body.GetProperty("QueueUrl").GetString()!.EndsWith(QueueOfEvents, StringComparison.Ordinal))
        {
            Interlocked.Add(ref _deleted, messages);
        }
    }

    private static void Add(ConcurrentDictionary<string, int> counts, string operation, int more) =>
        counts.AddOrUpdate(operation, more, (_, count) => count + more);
}
