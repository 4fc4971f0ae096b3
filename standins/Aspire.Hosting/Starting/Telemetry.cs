using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Starting;

/// <summary>What OpenTelemetry in a project reads: who it is, where to send, and to send at once, for somebody is watching.</summary>
internal static class Telemetry
{
    private static readonly string[] Exporter =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_PROTOCOL",
        "OTEL_EXPORTER_OTLP_HEADERS",
    ];

    public static void AddVariables(
        IConfiguration configuration,
        string name,
        int replica,
        Dictionary<string, object> variables
    )
    {
        variables["OTEL_SERVICE_NAME"] = name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = string.Create(
            CultureInfo.InvariantCulture,
            $"service.instance.id={replica + 1}"
        );
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        foreach (var variable in Exporter)
        {
            if (configuration[variable] is { } value)
            {
                variables[variable] = value;
            }
        }
    }
}
