using System.Globalization;
using System.Text.Json;

namespace Bench.Endpoints;

/// <summary>The writes of one connection, which has one request under way at a time: what answers next, answers that.</summary>
internal sealed class ConnectionWrites(WriteAnswers answers)
{
    private List<(string Key, long PublishedMs)>? _asked;

    private static ReadOnlySpan<byte> Success => "HTTP/1.1 200"u8;

    /// <summary>Before the last bytes of the request go on.</summary>
    public void Asked(string operation, JsonElement request)
    {
        if (
            operation == "BatchWriteItem"
            && request.GetProperty("RequestItems").TryGetProperty(Names.EventsTable, out var writes)
        )
        {
            Volatile.Write(ref _asked, [.. writes.EnumerateArray().Select(EventOf)]);
        }
    }

    /// <summary>The first bytes of an answer count: they come with its end, for it is short. What failed is written again.</summary>
    public void Answered(ReadOnlySpan<byte> bytes)
    {
        if (Interlocked.Exchange(ref _asked, null) is { } asked && bytes.StartsWith(Success))
        {
            answers.Add(asked);
        }
    }

    private static (string Key, long PublishedMs) EventOf(JsonElement write)
    {
        var item = write.GetProperty("PutRequest").GetProperty("Item");
        return (
            $"{Text("subject", "S")} {Text("event", "S")}",
            long.Parse(Text("published", "N"), CultureInfo.InvariantCulture)
        );

        string Text(string attribute, string type) => item.GetProperty(attribute).GetProperty(type).GetString()!;
    }
}
