using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bench.Endpoints;

/// <summary>
/// Reads along with the requests of one connection: each one's operation from its head, and of those that say how much was written or deleted
/// the body. It holds nothing up: bytes go on as they came.
/// </summary>
/// <param name="counts">What was asked.</param>
/// <param name="writes">Told of each request that writes, where anybody wants to know when it is answered.</param>
internal sealed class RequestScanner(RequestCounts counts, ConnectionWrites? writes)
{
    private readonly ArrayBufferWriter<byte> _head = new(2048);
    private readonly ArrayBufferWriter<byte> _body = new(32 * 1024);
    private string _operation = string.Empty;
    private int _left;

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = _left > 0 ? bytes[ReadBody(bytes)..] : bytes[ReadHead(bytes)..];
        }
    }

    private int ReadBody(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(_left, bytes.Length);
        _left -= taken;
        if (RequestCounts.AreIn(_operation))
        {
            _body.Write(bytes[..taken]);
            if (_left == 0)
            {
                using var document = JsonDocument.Parse(_body.WrittenMemory);
                counts.AddBody(_operation, document.RootElement);
                writes?.Asked(_operation, document.RootElement);
                _body.ResetWrittenCount();
            }
        }

        return taken;
    }

    private int ReadHead(ReadOnlySpan<byte> bytes)
    {
        var before = _head.WrittenCount;
        _head.Write(bytes);
        if (_head.WrittenSpan.IndexOf("\r\n\r\n"u8) is not (>= 0 and var end))
        {
            return bytes.Length;
        }

        var head = Encoding.ASCII.GetString(_head.WrittenSpan[..(end + 2)]);
        _head.ResetWrittenCount();
        var target = Header(head, "x-amz-target");
        _operation = target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..];
        _left = int.Parse(Header(head, "content-length"), CultureInfo.InvariantCulture);
        counts.Add(_operation);
        return end + 4 - before;
    }

    private static string Header(string head, string name)
    {
        var at = head.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            throw new InvalidOperationException($"A request without {name}: {head}");
        }

        var value = at + name.Length + 3;
        return head[value..head.IndexOf('\r', value)].Trim();
    }
}
