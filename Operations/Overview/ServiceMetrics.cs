namespace Operations.Overview;

/// <summary>Asks the services for what they count. A service that does not answer is missing in the answer, and so not alive.</summary>
internal sealed class ServiceMetrics(
    IHttpClientFactory clients,
    OverviewOptions options,
    IConfiguration configuration,
    TimeProvider time
)
{
    public const string ClientName = "metrics";

    private static readonly string[] Services = ["processor", "ingestor"];

    /// <summary>How long a replica counts as alive that another answered for: those behind one address take turns.</summary>
    private static readonly TimeSpan AliveFor = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, (DateTimeOffset At, string Service, IReadOnlyList<Reading> Readings)> _last =
    [];

    public async Task<Counted> ReadAsync(CancellationToken cancellationToken)
    {
        var texts = await Task.WhenAll(Addresses().Select(address => ReadAsync(address, cancellationToken)));
        var now = time.GetUtcNow();
        foreach (var readings in texts.OfType<IReadOnlyList<Reading>>())
        {
            if (
                readings.FirstOrDefault(reading => reading.Name == "target_info") is { } target
                && target.Labels.TryGetValue("instance", out var instance)
                && target.Labels.TryGetValue("service_name", out var service)
            )
            {
                _last[instance] = (now, service, readings);
            }
        }

        foreach (var gone in _last.Where(last => now - last.Value.At > AliveFor).Select(last => last.Key).ToList())
        {
            _last.Remove(gone);
        }

        return new Counted(
            now,
            _last.ToDictionary(last => last.Key, last => last.Value.Readings),
            _last.ToDictionary(last => last.Key, last => last.Value.Service)
        );
    }

    private IEnumerable<Uri> Addresses() =>
        Services
            .SelectMany(service => configuration.GetSection($"services:{service}:http").GetChildren())
            .Select(address => new Uri(address.Value!))
            .Concat(options.Sources)
            .Distinct();

    private async Task<IReadOnlyList<Reading>?> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var client = clients.CreateClient(ClientName);
            return PrometheusText.Read(await client.GetStringAsync(new Uri(address, "/metrics"), cancellationToken));
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return null;
        }
    }
}
