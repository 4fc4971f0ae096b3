using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Bench.Endpoints;

/// <summary>A port in front of an emulator: bytes go through as they are; requests are counted on the way, and answers to writes timed.</summary>
internal sealed class CountingForwarder : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly Uri _target;
    private readonly RequestCounts _counts;
    private readonly WriteAnswers? _writes;
    private readonly Task _accepting;

    public CountingForwarder(Uri target, RequestCounts counts, WriteAnswers? writes)
    {
        (_target, _counts, _writes) = (target, counts, writes);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        await _accepting;
    }

    private delegate void Reading(ReadOnlySpan<byte> bytes);

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ForwardAsync(await _listener.AcceptSocketAsync()));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }

        await Task.WhenAll(connections);
    }

    private async Task ForwardAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        _sockets.Add(client);
        _sockets.Add(server);
        try
        {
            await server.ConnectAsync(_target.Host, _target.Port);
            var writes = _writes is null ? null : new ConnectionWrites(_writes);
            var scanner = new RequestScanner(_counts, writes);
            await Task.WhenAll(
                PumpAsync(client, server, bytes => scanner.Read(bytes)),
                PumpAsync(server, client, bytes => writes?.Answered(bytes))
            );
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Whoever was at one of the ends has gone.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, Reading readAlong)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var read)
        {
            readAlong(buffer.AsSpan(0, read));
            await to.SendAsync(buffer.AsMemory(0, read));
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
