using System.Text.Json;
using GenesysMock.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace GenesysMock.Tests.Publishing;

public sealed class LiveTrafficTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_happen_now_and_are_published_when_they_happen()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor);

        await AdvanceAsync(mock, TimeSpan.FromSeconds(30));
        await ingestor.NextRequestAsync(Cancellation);

        var now = mock.Time.GetUtcNow();
        Assert.All(ingestor.Envelopes, envelope => Assert.InRange(TimestampOf(envelope), now.AddSeconds(-30), now));
    }

    [Fact]
    public async Task Another_scenario_begins_other_traffic_and_lets_the_old_come_to_its_end()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor);
        using var client = mock.Client();
        await AdvanceAsync(mock, TimeSpan.FromSeconds(5));
        var runs = mock.Services.GetRequiredService<TrafficRuns>();
        var old = Assert.Single(runs.All);

        using var chosen = await client.PostAsync("/mock/scenario/outage", content: null, Cancellation);
        while (!old.Ended.IsCompleted)
        {
            await AdvanceAsync(mock, TimeSpan.FromSeconds(5));
        }

        Assert.True(old.End!.Completed);
        Assert.Equal(2, runs.All.Count);
        Assert.Null(runs.All[1].End);
    }

    [Fact]
    public async Task A_run_without_end_keeps_only_its_counts()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor);
        using var client = mock.Client();
        var run = Assert.Single(mock.Services.GetRequiredService<TrafficRuns>().All);

        using var response = await client.GetAsync($"/mock/truth/{run.Id}/events", Cancellation);

        Assert.Equal(System.Net.HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public async Task Without_an_ingestor_there_is_silence()
    {
        await using var mock = MockHost.Start(("Mock:Traffic:RatePerSecond", "5"));

        Assert.Empty(mock.Services.GetRequiredService<TrafficRuns>().All);
    }

    private static MockHost Start(FakeIngestor ingestor) =>
        MockHost.Start(
            ("Mock:IngestorUrl", ingestor.Url.ToString()),
            ("Mock:IngestorConnections", "1"),
            ("Mock:Traffic:RatePerSecond", "5"),
            ("Mock:Shape:Late", "0")
        );

    /// <summary>From timer to timer, so that what is due in between is sent in between.</summary>
    private static async Task AdvanceAsync(MockHost mock, TimeSpan by)
    {
        var end = mock.Time.GetUtcNow() + by;
        while (mock.Time.GetUtcNow() < end)
        {
            Cancellation.ThrowIfCancellationRequested();
            if (mock.Time.ActiveTimers is 0)
            {
                await Task.Yield();
                continue;
            }

            mock.Time.Advance(TimeSpan.FromMilliseconds(50));
        }
    }

    private static DateTimeOffset TimestampOf(string envelope) =>
        JsonDocument.Parse(envelope).RootElement.GetProperty("detail").GetProperty("timestamp").GetDateTimeOffset();
}
