using System.Net;
using System.Net.Sockets;

namespace Chaos;

/// <summary>Stands between the services and an emulator, and lets through as much as it is told.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly CancellationTokenSource _stopping = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly HashSet<TcpClient> _open = [];
    private readonly Uri _target;
    private readonly Task _accepting;
    private long _pauseTicks;
    private bool _isCut;

    public TcpProxy(Uri target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How long each piece of data waits here; zero lets it through.</summary>
    public TimeSpan Pause
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _pauseTicks));
        set => Interlocked.Exchange(ref _pauseTicks, value.Ticks);
    }

    /// <summary>All connections break, and new ones break at once, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
            foreach (var client in _open)
            {
                client.Close();
            }

            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_gate)
        {
            _isCut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Cut();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
        }
    }

    /// <summary>Under the gate, as the cut is: what was accepted just before it is among what it breaks.</summary>
    private bool Open(TcpClient client, TcpClient server)
    {
        lock (_gate)
        {
            if (!_isCut)
            {
                _open.Add(client);
                _open.Add(server);
            }

            return !_isCut;
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        if (!Open(client, server))
        {
            client.Close();
            return;
        }

        try
        {
            await server.ConnectAsync(_target.Host, _target.Port, _stopping.Token);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception exception)
            when (exception is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone; so is the other in a moment.
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(client);
                _open.Remove(server);
            }

            client.Close();
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stopping.Token) is > 0 and var read)
            {
                if (Pause is { Ticks: > 0 } pause)
                {
                    await Task.Delay(pause, TimeProvider.System, _stopping.Token);
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
            }
        }
        catch (Exception exception)
            when (exception
                    is SocketException
                        or IOException
                        or ObjectDisposedException
                        or InvalidOperationException
                        or OperationCanceledException
            )
        {
            // The connection broke, here or there.
        }
    }
}
