using System.Globalization;
using System.Net;
using Ingestor.Tests.Hosting;

namespace Ingestor.Tests.Processes;

public sealed class KillTests(EmulatedQueue queue) : IClassFixture<EmulatedQueue>
{
    private const int Senders = 8;
    private const int Deaths = 5;

    private readonly int[] _next = new int[Senders];
    private IngestorProcess? _ingestor;
    private int _untilDeath;

    [Fact]
    public async Task Whenever_it_is_killed_nothing_acknowledged_is_missing()
    {
        var random = new Random(20_260_319);
        for (var death = 0; death < Deaths; death++)
        {
            await using var ingestor = await IngestorProcess.StartAsync(queue.Environment);
            using var client = ingestor.CreateClient();
            await ProcessTests.UntilReadyAsync(client);
            _ingestor = ingestor;
            _untilDeath = random.Next(20, 300);
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendUntilDeathAsync(client, sender)));
        }

        var inTheQueue = (await queue.TakeAllAsync()).Select(message => AnEnvelope.IdOf(message.Body)).ToHashSet();
        var acknowledged = Enumerable
            .Range(0, Senders)
            .SelectMany(sender => Enumerable.Range(0, _next[sender]).Select(number => IdOf(sender, number)));

        Assert.All(acknowledged, id => Assert.Contains(id, inTheQueue));
    }

    /// <summary>What was not acknowledged is sent again, in the next life if need be.</summary>
    private async Task SendUntilDeathAsync(HttpClient client, int sender)
    {
        while (true)
        {
            try
            {
                using var response = await client.PostAsync(
                    "/events",
                    RunningIngestor.Json(AnEnvelope.With(IdOf(sender, _next[sender]))),
                    TestContext.Current.CancellationToken
                );
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
            catch (HttpRequestException)
            {
                return;
            }

            _next[sender]++;
            if (Interlocked.Decrement(ref _untilDeath) == 0)
            {
                await _ingestor!.KillAsync();
            }
        }
    }

    private static string IdOf(int sender, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{sender}-{number}");
}
