using System.Net;
using System.Net.Sockets;
using Chaos;

namespace EndToEnd.Tests;

/// <summary>What stands between the services and the emulators during a run of chaos.</summary>
public sealed class TcpProxyTests : IAsyncDisposable
{
    private readonly TcpListener _target = new(IPAddress.Loopback, 0);
    private readonly TcpProxy _proxy;

    public TcpProxyTests()
    {
        _target.Start();
        _proxy = new TcpProxy(new Uri($"http://127.0.0.1:{((IPEndPoint)_target.LocalEndpoint).Port}"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_arrives()
    {
        using var client = await ConnectAsync();
        using var server = await _target.AcceptTcpClientAsync(Cancellation);

        await client.GetStream().WriteAsync(new byte[] { 42 }, Cancellation);

        Assert.Equal(42, await FirstByteAsync(server));
    }

    [Fact]
    public async Task A_cut_breaks_what_is_open()
    {
        using var client = await ConnectAsync();
        using var server = await _target.AcceptTcpClientAsync(Cancellation);

        _proxy.Cut();

        Assert.Null(await FirstByteAsync(client));
        Assert.Null(await FirstByteAsync(server));
    }

    [Fact]
    public async Task No_connection_outlives_the_cut_in_which_it_was_made()
    {
        for (var round = 0; round < 50; round++)
        {
            using var before = await ConnectAsync();
            _proxy.Cut();
            using var during = await ConnectAsync();
            Assert.Null(await FirstByteAsync(before));
            Assert.Null(await FirstByteAsync(during));
            _proxy.Mend();
        }
    }

    [Fact]
    public async Task After_it_is_mended_connections_are_made_again()
    {
        _proxy.Cut();
        _proxy.Mend();

        using var client = await ConnectAsync();
        using var server = await _target.AcceptTcpClientAsync(Cancellation);
        await server.GetStream().WriteAsync(new byte[] { 42 }, Cancellation);

        Assert.Equal(42, await FirstByteAsync(client));
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _target.Dispose();
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(_proxy.Url.Host, _proxy.Url.Port, Cancellation);
        return client;
    }

    /// <returns>Null when the connection is over instead.</returns>
    private static async Task<int?> FirstByteAsync(TcpClient connection)
    {
        var buffer = new byte[1];
        try
        {
            return await connection.GetStream().ReadAsync(buffer, Cancellation) == 0 ? null : buffer[0];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
