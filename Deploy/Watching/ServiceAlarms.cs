using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Deploy.Running;
using Deploy.Storing;

namespace Deploy.Watching;

/// <summary>What depends on where the services run.</summary>
internal static class ServiceAlarms
{
    public static IEnumerable<AlarmDefinition> OfProcessor(Service processor) =>
        [
            None(processor, "NoProcessor", "No task of the Processor runs; events wait in the queue."),
            new(
                "DeferredLong",
                "A message came again an hour after it was sent: it has been put off all that time, mostly for want of budget.",
                Measured.Processor("genesys.queue.wait", "Maximum"),
                Above: 3600,
                Minutes: 5
            ),
        ];

    public static IEnumerable<AlarmDefinition> OfProcessor(ProcessorFunction processor, Store store) =>
        [
            new(
                "ProcessorErrors",
                "Whole batches fail, not single messages: the function does not start, or runs out of time or memory.",
                processor.Function.MetricErrors(new MetricOptions { Period = Measured.Minute }),
                0,
                5
            ),
            new(
                "ProcessorThrottled",
                "Lambda refuses to run the function. Its concurrency is reserved, so this is not the account's limit.",
                processor.Function.MetricThrottles(new MetricOptions { Period = Measured.Minute }),
                0,
                5
            ),
            new(
                "ProcessorSlow",
                "Batches come near the function's time-out; what is not done by then is done again.",
                processor.Function.MetricDuration(
                    new MetricOptions { Period = Measured.Minute, Statistic = "Maximum" }
                ),
                Above: Durations.Function.TotalMilliseconds * 0.8,
                Minutes: 5
            ),
            new(
                "DeferredLong",
                "For an hour more messages are hidden than can be under way: they are put off, mostly for want of budget.",
                Measured.Queue(store.EventsQueue, "ApproximateNumberOfMessagesNotVisible", "Minimum"),
                Above: ProcessorFunction.ConcurrencyMax * ProcessorFunction.BatchSize,
                Minutes: 60
            ),
        ];

    public static IEnumerable<AlarmDefinition> OfEnrichment(Service enrichment) =>
        [None(enrichment, "NoEnrichment", "No task enriches conversations; they wait in their queue.")];

    public static IEnumerable<AlarmDefinition> OfIngestor(IngestorService ingestor) =>
        [
            None(ingestor.Service, "NoIngestor", "No task of the Ingestor runs; EventBridge tries again for a day."),
            new(
                "IngestorRefuses",
                "The Ingestor answers 5xx: SQS is away, or it is full. EventBridge tries again.",
                ingestor.Targets.Metrics.HttpCodeTarget(
                    HttpCodeTarget.TARGET_5XX_COUNT,
                    new MetricOptions { Period = Measured.Minute }
                ),
                0,
                5
            ),
            new(
                "IngestorSlow",
                "One answer in a hundred takes more than four seconds; EventBridge gives up after five.",
                ingestor.Targets.Metrics.TargetResponseTime(
                    new MetricOptions { Period = Measured.Minute, Statistic = "p99" }
                ),
                4,
                5
            ),
            new(
                "IngestorUnhealthy",
                "The balancer finds tasks of the Ingestor unhealthy.",
                ingestor.Targets.Metrics.UnhealthyHostCount(new MetricOptions { Period = Measured.Minute }),
                0,
                5
            ),
        ];

    public static IEnumerable<AlarmDefinition> OfOperations(OperationsService operations) =>
        [None(operations.Service, "NoOperations", "Operations does not run. Events flow on without it.")];

    /// <summary>Alarms are raised above a threshold, so that what is missing is counted, not what is there.</summary>
    private static AlarmDefinition None(Service service, string name, string what) =>
        new(
            name,
            what,
            new MathExpression(
                new MathExpressionProps
                {
                    Expression = "IF(tasks < 1, 1, 0)",
                    UsingMetrics = new Dictionary<string, IMetric> { ["tasks"] = Tasks(service) },
                    Period = Measured.Minute,
                    Label = "No task runs",
                }
            ),
            Above: 0,
            Minutes: 3
        );

    public static Metric Tasks(Service service) =>
        Measured.Of(
            "ECS/ContainerInsights",
            "RunningTaskCount",
            new()
            {
                ["ClusterName"] = service.Fargate.Cluster.ClusterName,
                ["ServiceName"] = service.Fargate.ServiceName,
            },
            "Minimum",
            service.Name
        );
}
