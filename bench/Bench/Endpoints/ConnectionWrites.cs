using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Bench.Endpoints;

/// <summary>The writes of one connection, which has one request under way at a time: what answers next, answers that.</summary>
internal sealed class ConnectionWrites(WriteAnswers answers)
{
    private readonly ArrayBufferWriter<byte> _answer = new(1024);
    private List<(string Key, long PublishedMs)>? _asked;

    private static ReadOnlySpan<byte> Success => "HTTP/1.1 200"u8;

    private static ReadOnlySpan<byte> AllProcessed => "\"UnprocessedItems\":{}"u8;

    /// <summary>Before the last bytes of the request go on.</summary>
    public void Asked(string operation, JsonElement request)
    {
        if (
            operation == "BatchWriteItem"
            && request.GetProperty("RequestItems").TryGetProperty(Names.EventsTable, out var writes)
        )
        {
            // Whatever was answered to the one before is over.
            _answer.ResetWrittenCount();
            Volatile.Write(ref _asked, [.. writes.EnumerateArray().Select(EventOf)]);
        }
    }

    /// <summary>
    /// Counted is an answer by which all of the request is written. Of one that leaves items unprocessed none is: what is never timed ends the
    /// run with an error.
    /// </summary>
    public void Answered(ReadOnlySpan<byte> bytes)
    {
        if (Volatile.Read(ref _asked) is not { } asked)
        {
            return;
        }

        _answer.Write(bytes);
        var isWritten = _answer.WrittenSpan.StartsWith(Success) && _answer.WrittenSpan.IndexOf(AllProcessed) >= 0;
        if (isWritten)
        {
            answers.Add(asked);
        }

        if (isWritten || !_answer.WrittenSpan.StartsWith(Success))
        {
            Forget();
        }
    }

    private void Forget()
    {
        _answer.ResetWrittenCount();
        Volatile.Write(ref _asked, null);
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
