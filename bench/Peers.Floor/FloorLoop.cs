using System.Buffers;
using System.Text;

namespace Peers.Floor;

/// <summary>Receive, write, delete. What a message says goes into its item as it stands in the answer, escapes and all.</summary>
internal sealed class FloorLoop(Connection sqs, Connection dynamoDb, string queueUrl, string table)
{
    private const string Json10 = "application/x-amz-json-1.0";

    private readonly byte[] _receive = Encoding.UTF8.GetBytes(
        $$"""{"QueueUrl":"{{queueUrl}}","MaxNumberOfMessages":10,"WaitTimeSeconds":20,"VisibilityTimeout":60}"""
    );
    private readonly byte[] _write = Encoding.UTF8.GetBytes($$$"""{"RequestItems":{"{{{table}}}":[""");
    private readonly byte[] _delete = Encoding.UTF8.GetBytes($$"""{"QueueUrl":"{{queueUrl}}","Entries":[""");
    private readonly ArrayBufferWriter<byte> _writes = new(64 * 1024);
    private readonly ArrayBufferWriter<byte> _deletes = new(16 * 1024);

    public async Task RunAsync()
    {
        while (true)
        {
            var received = await sqs.AskAsync("AmazonSQS.ReceiveMessage", Json10, _receive);
            if (Gather(received.Span) > 0)
            {
                await dynamoDb.AskAsync("DynamoDB_20120810.BatchWriteItem", Json10, _writes.WrittenMemory);
                await sqs.AskAsync("AmazonSQS.DeleteMessageBatch", Json10, _deletes.WrittenMemory);
            }
        }
    }

    private int Gather(ReadOnlySpan<byte> answer)
    {
        Begin(_writes, _write);
        Begin(_deletes, _delete);
        var messages = 0;
        while (TryNext(ref answer, "\"MessageId\":\""u8, out var id))
        {
            if (
                !TryNext(ref answer, "\"ReceiptHandle\":\""u8, out var handle)
                || !TryNext(ref answer, "\"Body\":\""u8, out var body)
            )
            {
                throw new InvalidOperationException("The members of a message stand in another order than expected.");
            }

            if (messages++ > 0)
            {
                _writes.Write(","u8);
                _deletes.Write(","u8);
            }

            Write(_writes, "{\"PutRequest\":{\"Item\":{\"subject\":{\"S\":\""u8, id);
            Write(_writes, "\"},\"event\":{\"S\":\""u8, id);
            Write(_writes, "\"},\"body\":{\"S\":\""u8, body);
            _writes.Write("\"}}}}"u8);
            Write(_deletes, "{\"Id\":\""u8, id);
            Write(_deletes, "\",\"ReceiptHandle\":\""u8, handle);
            _deletes.Write("\"}"u8);
        }

        _writes.Write("]}}"u8);
        _deletes.Write("]}"u8);
        return messages;
    }

    private static void Begin(ArrayBufferWriter<byte> request, byte[] start)
    {
        request.ResetWrittenCount();
        request.Write(start);
    }

    private static void Write(ArrayBufferWriter<byte> request, ReadOnlySpan<byte> before, ReadOnlySpan<byte> value)
    {
        request.Write(before);
        request.Write(value);
    }

    /// <summary>The text behind the marker up to its closing quote, with its escapes; <paramref name="json"/> goes on behind it.</summary>
    private static bool TryNext(ref ReadOnlySpan<byte> json, ReadOnlySpan<byte> marker, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (json.IndexOf(marker) is not (>= 0 and var at))
        {
            return false;
        }

        json = json[(at + marker.Length)..];
        var end = 0;
        while (json[end] != (byte)'"')
        {
            end += json[end] == (byte)'\\' ? 2 : 1;
        }

        value = json[..end];
        json = json[end..];
        return true;
    }
}
