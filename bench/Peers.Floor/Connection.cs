using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Peers.Floor;

/// <summary>HTTP/1.1 over one socket: one request, one answer of a stated length, and again.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly string _host;
    private readonly ArrayBufferWriter<byte> _request = new(32 * 1024);
    private byte[] _answer = new byte[64 * 1024];

    private Connection(Uri url) => _host = url.Authority;

    public static async Task<Connection> OpenAsync(Uri url)
    {
        var connection = new Connection(url);
        await connection._socket.ConnectAsync(url.Host, url.Port);
        return connection;
    }

    /// <returns>The body of the answer; it lives until the next request.</returns>
    public async Task<ReadOnlyMemory<byte>> AskAsync(string target, string contentType, ReadOnlyMemory<byte> body)
    {
        _request.ResetWrittenCount();
        Encoding.ASCII.GetBytes(
            // The emulators look at the form of a signature, not at the signature.
            $"POST / HTTP/1.1\r\nHost: {_host}\r\nX-Amz-Target: {target}\r\nContent-Type: {contentType}\r\n"
                + "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/x/aws4_request, SignedHeaders=host, Signature=00\r\n"
                + $"X-Amz-Date: 20260101T000000Z\r\nContent-Length: {body.Length}\r\n\r\n",
            _request
        );
        _request.Write(body.Span);
        await _socket.SendAsync(_request.WrittenMemory);
        return await AnswerAsync();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<ReadOnlyMemory<byte>> AnswerAsync()
    {
        var filled = 0;
        var start = 0;
        var length = 0;
        while (start == 0 || filled < start + length)
        {
            if (filled == _answer.Length)
            {
                Array.Resize(ref _answer, 2 * _answer.Length);
            }

            filled += await _socket.ReceiveAsync(_answer.AsMemory(filled)) switch
            {
                0 => throw new InvalidOperationException("The server closed the connection."),
                var read => read,
            };
            if (start == 0 && _answer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8) is > 0 and var end)
            {
                start = end + 4;
                length = LengthOf(Encoding.ASCII.GetString(_answer, 0, end));
            }
        }

        return _answer.AsMemory(start, length);
    }

    private static int LengthOf(string head)
    {
        const string Name = "\r\ncontent-length: ";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) || at < 0)
        {
            throw new InvalidOperationException($"Not an answer to count on: {head}");
        }

        var value = head.AsSpan(at + Name.Length);
        var end = value.IndexOf('\r');
        return int.Parse(end < 0 ? value : value[..end], CultureInfo.InvariantCulture);
    }
}
