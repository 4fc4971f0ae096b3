using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;

namespace Deploy.Watching;

/// <summary>Metrics by the names their owners give them: AWS's services, and ours through the collector.</summary>
internal static class Measured
{
    public static readonly Duration Minute = Duration.Minutes(1);

    private static readonly Dictionary<string, string> OfProcessor = new() { ["OTelLib"] = "Genesys.Processor" };
    private static readonly Dictionary<string, string> OfApi = new() { ["OTelLib"] = "Genesys.Api" };

    public static string NameOf(CfnResource queue) => queue.GetAtt("QueueName").ToString();

    public static Metric Queue(CfnResource queue, string metric, string statistic) =>
        Of("AWS/SQS", metric, new() { ["QueueName"] = NameOf(queue) }, statistic);

    public static Metric Table(CfnResource table, string metric) =>
        Of("AWS/DynamoDB", metric, new() { ["TableName"] = table.Ref }, "Sum");

    /// <summary>A rule of a bus that is not the default one has both dimensions.</summary>
    public static Metric Rule(string bus, string rule, string metric) =>
        Of("AWS/Events", metric, new() { ["EventBusName"] = bus, ["RuleName"] = Names.Prefixed(rule) }, "Sum");

    public static Metric Processor(string metric, string statistic) =>
        Of(Names.Prefixed(Names.Metrics), metric, OfProcessor, statistic);

    public static Metric ProcessorOutcome(string outcome) =>
        Of(Names.Prefixed(Names.Metrics), "genesys.outcomes", new(OfProcessor) { ["outcome"] = outcome }, "Sum");

    public static Metric Api(string metric, string statistic) =>
        Of(Names.Prefixed(Names.Metrics), metric, OfApi, statistic);

    public static Metric ApiRequests(string statusClass) =>
        Of(
            Names.Prefixed(Names.Metrics),
            "genesys.api.requests",
            new(OfApi) { ["genesys.status_class"] = statusClass },
            "Sum"
        );

    /// <summary>Counted in the log by a metric filter.</summary>
    public static Metric Logged(string metric) => Of(Names.Prefixed(Names.Metrics), metric, [], "Sum");

    public static Metric Of(
        string space,
        string metric,
        Dictionary<string, string> dimensions,
        string statistic,
        string? label = null
    ) =>
        new(
            new MetricProps
            {
                Namespace = space,
                MetricName = metric,
                DimensionsMap = dimensions,
                Statistic = statistic,
                Period = Minute,
                Label = label,
            }
        );
}
