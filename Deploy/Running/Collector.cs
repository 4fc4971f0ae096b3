using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;

namespace Deploy.Running;

/// <summary>AWS's OpenTelemetry collector beside a service: metrics to CloudWatch, traces to X-Ray. Its configuration is collector.yaml.</summary>
internal static class Collector
{
    private const string Image = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3";

    public static IReadOnlyList<PolicyStatement> Access { get; } =
    [
        Running.Access.Allow(
            $"{Names.LogGroupArn(Names.Telemetry)}:log-stream:*",
            "logs:CreateLogStream",
            "logs:PutLogEvents"
        ),
        // X-Ray has no resource to name.
        Running.Access.Allow("*", "xray:PutTraceSegments", "xray:PutTelemetryRecords"),
    ];

    public static Dictionary<string, string> EnvironmentOf(string service) =>
        new()
        {
            ["OTEL_SERVICE_NAME"] = service,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317",
            ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = "delta",
            ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
            ["OTEL_TRACES_SAMPLER_ARG"] = "0.01",
            // Nobody attaches a debugger, and its pipe wants a file system to write to.
            ["DOTNET_EnableDiagnostics"] = "0",
        };

    public static ContainerDefinition AddTo(FargateTaskDefinition task, ILogGroup logs) =>
        task.AddContainer(
            "Collector",
            new ContainerDefinitionOptions
            {
                ContainerName = "collector",
                Image = ContainerImage.FromRegistry(Image),
                Environment = new Dictionary<string, string>
                {
                    ["AOT_CONFIG_CONTENT"] = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "collector.yaml")),
                    ["METRICS_NAMESPACE"] = Names.Prefixed(Names.Metrics),
                    ["METRICS_LOG_GROUP"] = Names.LogGroup(Names.Telemetry),
                },
                MemoryReservationMiB = 64,
                Logging = LogDriver.AwsLogs(new AwsLogDriverProps { LogGroup = logs, StreamPrefix = "collector" }),
                ReadonlyRootFilesystem = true,
                HealthCheck = new HealthCheck { Command = ["CMD", "/healthcheck"], StartPeriod = Duration.Seconds(10) },
                // Without telemetry, work goes on.
                Essential = false,
            }
        );
}
