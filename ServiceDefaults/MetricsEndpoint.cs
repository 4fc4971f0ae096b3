using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ServiceDefaults;

/// <summary><c>/metrics</c>, where <c>METRICS_ENDPOINT=true</c> asks for it: what this process counts, for Operations or a Prometheus.</summary>
internal sealed class MetricsEndpoint : IHostedService, IDisposable
{
    public const string Setting = "METRICS_ENDPOINT";

    private const int CollectMilliseconds = 1_000;

    private readonly string _target;
    private readonly Lock _gate = new();
    private readonly MetricsText _exporter = new();
    private readonly BaseExportingMetricReader _reader;
    private MeterProvider? _provider;

    public MetricsEndpoint(IConfiguration configuration)
    {
        _reader = new BaseExportingMetricReader(_exporter)
        {
            TemporalityPreference = MetricReaderTemporalityPreference.Cumulative,
        };
        var service = configuration["OTEL_SERVICE_NAME"] ?? AppDomain.CurrentDomain.FriendlyName;
        _target =
            $"target_info{{service_name=\"{service}\",instance=\"{Environment.MachineName}-{Environment.ProcessId}\"}} 1\n";
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter("Genesys.*").AddReader(_reader).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _provider?.Dispose();
        _reader.Dispose();
        _exporter.Dispose();
    }

    public static void AddTo(IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>(Setting))
        {
            builder.Services.AddSingleton<MetricsEndpoint>();
            builder.Services.Insert(
                0,
                ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<MetricsEndpoint>())
            );
        }
    }

    public static void MapTo(WebApplication app)
    {
        if (app.Services.GetService<MetricsEndpoint>() is { } endpoint)
        {
            app.MapGet("/metrics", () => Results.Text(endpoint.Read(), "text/plain; version=0.0.4"));
        }
    }

    private string Read()
    {
        lock (_gate)
        {
            // Not the reader's own: that one collects nothing for an exporter that is asked (it only does within the SDK's scope of a pull).
            _exporter.Collect!(CollectMilliseconds);
            return _target + _exporter.Text;
        }
    }
}
