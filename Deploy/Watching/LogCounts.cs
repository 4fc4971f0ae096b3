using Amazon.CDK.AWS.Logs;

namespace Deploy.Watching;

/// <summary>
/// Facts that are counted where they are said, in the log, by the number of the message (docs/telemetry.md): a process that ends may
/// not get its last metrics out, and a function has no collector.
/// </summary>
internal static class LogCounts
{
    public const string DrainAbandoned = "drain-abandoned";
    public const string DeadLettered = "dead-lettered";
    public const string ClientRefused = "oauth-client-refused";

    public static void AddTo(LogGroup processorLogs)
    {
        // "Drained: received 10 = done 10 + released 0; abandoned 0."
        Count(processorLogs, DrainAbandoned, "\"[202]\" -\"abandoned 0.\"");
        // "Message … goes to the dead letters: …"
        Count(processorLogs, DeadLettered, "\"[262]\"");
        // "The OAuth client is refused (…); …"
        Count(processorLogs, ClientRefused, "\"[353]\"");
    }

    private static void Count(LogGroup logs, string name, string pattern) =>
        _ = new MetricFilter(
            logs,
            name,
            new MetricFilterProps
            {
                LogGroup = logs,
                FilterPattern = FilterPattern.Literal(pattern),
                MetricNamespace = Names.Prefixed(Names.Metrics),
                MetricName = name,
                MetricValue = "1",
            }
        );
}
