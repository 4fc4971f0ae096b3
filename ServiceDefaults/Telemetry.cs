using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;

namespace ServiceDefaults;

/// <summary>Traces, metrics and logs by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; and on <c>/metrics</c> where that is asked for; without either, nothing is collected.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });

        // A line per request of each client drowns the lines that say something.
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // Whoever probes is told; a failure line for each probe while a service starts cries wolf.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

        MetricsEndpoint.AddTo(builder);

        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
            logs.AddOtlpExporter();
        });

        // First in, last out: what the other services say while they stop is still exported.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryExport>());
    }
}
