using System.Net;
using Ingestor.Sending;
using Ingestor.Tests.Hosting;

namespace Ingestor.Tests.Receiving;

public sealed class CrowdOfSendersTests
{
    private const int Senders = 100;
    private const int EventsEach = 20;

    /// <summary>
    /// How many calls there are is decided by who is about, not by the clock: the linger here only has to be longer than any pause
    /// this machine makes.
    /// </summary>
    [Fact]
    public async Task A_hundred_senders_share_their_calls_to_SQS()
    {
        await using var ingestor = new RunningIngestor()
            .With("Sending:Linger", "00:00:00.2")
            .With("Sending:LingerMax", "00:00:01");
        using var client = ingestor.Start();
        var afterAMoment = TimeSpan.FromMilliseconds(5);
        ingestor.Queue.Answer = async (_, aborting) =>
        {
            await Task.Delay(afterAMoment, TimeProvider.System, aborting);
            return null;
        };

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(client, sender)));

        const int events = Senders * EventsEach;
        Assert.Equal(events, ingestor.Queue.Bodies.Select(AnEnvelope.IdOf).Distinct().Count());
        Assert.Equal(events, ingestor.Queue.Bodies.Count);
        Assert.InRange(ingestor.Queue.Calls.Count * 1_000.0 / events, 100, 105);
        Assert.All(ingestor.Queue.Calls, events => Assert.InRange(events, 1, QueueLimits.EntriesMax));
    }

    private static async Task SendAsync(HttpClient client, int sender)
    {
        for (var number = 0; number < EventsEach; number++)
        {
            using var response = await client.PostAsync(
                "/events",
                RunningIngestor.Json(AnEnvelope.With($"{sender}-{number}")),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }
}
