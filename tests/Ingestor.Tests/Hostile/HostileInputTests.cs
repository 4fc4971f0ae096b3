using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ingestor.Receiving;
using Ingestor.Sending;
using Ingestor.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Ingestor.Tests.Hostile;

public sealed class HostileInputTests
{
    public const int BodyBytesMax = 4 * 1_048_576;

    [Fact]
    public async Task Hostile_inputs_get_the_right_status_and_leave_nothing_behind()
    {
        HostileInput[] inputs = [.. HostileJson.All(), .. HostileHttp.All(), .. HostilePutEvents.All()];
        await using var ingestor = new RunningIngestor().With("BodyBytesMax", $"{BodyBytesMax}");
        using var client = ingestor.Start();

        var wrong = new List<string>();
        foreach (var input in inputs)
        {
            var status = await SendAsync(client.BaseAddress!, input.Bytes, hangUp: input.Statuses.Contains(0));
            if (!input.Statuses.Contains(status))
            {
                wrong.Add($"{input}: {status} instead of {string.Join(" or ", input.Statuses)}");
            }
        }

        using var next = await client.PostAsync(
            "/events",
            RunningIngestor.Json(AnEnvelope.With()),
            TestContext.Current.CancellationToken
        );

        Assert.True(inputs.Length >= 200, $"{inputs.Length} inputs");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal([AnEnvelope.With()], ingestor.Queue.Bodies);
        Assert.Empty(ingestor.LogLines.Errors);
        Assert.Equal(0, ingestor.Services.GetRequiredService<PendingEvents>().Held);
        Assert.Equal(0, ingestor.Services.GetRequiredService<BodyRoom>().Taken);
    }

    [Fact]
    public async Task A_body_that_drips_is_given_up()
    {
        await using var ingestor = new RunningIngestor().With("BodyTimeout", "00:00:00.2");
        using var client = ingestor.Start();
        var head =
            $"POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nx-api-key: {RunningIngestor.ApiKey}\r\n";

        var status = await SendAsync(
            client.BaseAddress!,
            Encoding.ASCII.GetBytes($"{head}Content-Length: 100\r\n\r\n{{"),
            hangUp: false
        );

        Assert.Equal(408, status);
    }

    /// <summary>0 where the other side closes without an answer.</summary>
    private static async Task<int> SendAsync(Uri address, byte[] bytes, bool hangUp)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, patience.Token);
        try
        {
            await socket.SendAsync(bytes, patience.Token);
            if (hangUp)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // It has answered and closed before it had all of it, as it should with what is too large.
        }

        return await StatusAsync(socket, patience.Token);
    }

    private static async Task<int> StatusAsync(Socket socket, CancellationToken patience)
    {
        var answer = new byte[12];
        var read = 0;
        try
        {
            while (
                read < answer.Length && await socket.ReceiveAsync(answer.AsMemory(read), patience) is > 0 and var count
            )
            {
                read += count;
            }
        }
        catch (SocketException)
        {
            return 0;
        }

        // "HTTP/1.1 400"; anything else, such as the good-bye of HTTP/2, is no answer.
        return int.TryParse(answer.AsSpan(9), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : 0;
    }
}
