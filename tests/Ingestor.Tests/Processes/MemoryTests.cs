using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Ingestor.Tests.Hosting;

namespace Ingestor.Tests.Processes;

public sealed class MemoryTests(EmulatedQueue queue) : IClassFixture<EmulatedQueue>
{
    private const int MebiByte = 1_048_576;

    private static readonly HttpStatusCode[] Refusals =
    [
        HttpStatusCode.BadRequest,
        HttpStatusCode.RequestEntityTooLarge,
        HttpStatusCode.TooManyRequests,
    ];

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    /// <summary>The runtime ends a process that asks for more heap than its limit; one that answers has kept within it.</summary>
    [Fact]
    public async Task Bodies_and_bombs_together_do_not_take_more_memory_than_there_is()
    {
        var environment = new Dictionary<string, string>(queue.Environment)
        {
            ["DOTNET_GCHeapHardLimit"] = $"0x{192 * MebiByte:X}",
            ["Ingestor__BodiesBytesMax"] = $"{32 * MebiByte}",
        };
        await using var ingestor = await IngestorProcess.StartAsync(environment);
        using var client = ingestor.CreateClient();
        await ProcessTests.UntilReadyAsync(client);
        var bomb = Packed(new byte[64 * MebiByte]);
        var large = new byte[7 * MebiByte];
        Array.Fill(large, (byte)' ');

        var statuses = await Task.WhenAll(
            Enumerable
                .Range(0, 120)
                .Select(number => PostAsync(client, number % 2 == 0 ? bomb : large, isPacked: number % 2 == 0))
        );
        using var next = await client.PostAsync("/events", RunningIngestor.Json(AnEnvelope.With()), Ending);

        Assert.All(statuses, status => Assert.Contains(status, Refusals));
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, byte[] body, bool isPacked)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (isPacked)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        using var response = await client.PostAsync("/events", content, Ending);
        return response.StatusCode;
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
