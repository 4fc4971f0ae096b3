using GenesysMock.Scenarios;
using Microsoft.Extensions.Options;

namespace GenesysMock.Publishing;

/// <summary>Keeps the continuous traffic in the shape of the scenario.</summary>
internal sealed partial class LiveTraffic(
    TrafficRuns runs,
    Behaviour behaviour,
    IOptions<TrafficOptions> traffic,
    IOptions<PublishingOptions> publishing,
    IHostApplicationLifetime lifetime,
    ILogger<LiveTraffic> logger
) : IHostedService
{
    /// <summary>Begins when the mock answers: whoever gets the first event may ask about it at once.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Restart);
        return Task.CompletedTask;
    }

    public void Restart()
    {
        if (traffic.Value.RatePerSecond is 0)
        {
            return;
        }

        if (publishing.Value.IngestorUrl is null)
        {
            Log.NoIngestor(logger);
            return;
        }

        runs.StartLive(traffic.Value.RatePerSecond, behaviour.Shape);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 415,
            Level = LogLevel.Information,
            Message = "No continuous traffic: there is no ingestor to publish to (Mock:IngestorUrl)."
        )]
        public static partial void NoIngestor(ILogger logger);
    }
}
