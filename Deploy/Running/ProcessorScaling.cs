using System.Globalization;
using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.ECS;
using Deploy.Storing;
using Deploy.Watching;
using EnableScalingProps = Amazon.CDK.AWS.ApplicationAutoScaling.EnableScalingProps;
using Query = Amazon.CDK.AWS.ApplicationAutoScaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty;

namespace Deploy.Running;

/// <summary>
/// Tasks follow the backlog each of them has. What is in flight counts as well: a task that works on the last messages would
/// otherwise look idle and be stopped.
/// </summary>
internal static class ProcessorScaling
{
    /// <summary>
    /// A task is taken for 500 events a second (docs/deploy.md, *Costs*); a backlog that is worked off in a quarter of a minute is no
    /// reason to start another, which takes a minute.
    /// </summary>
    private const int BacklogPerTask = 500 * 15;

    /// <summary>Receiving:Slots, what one task can have under way.</summary>
    private const int Slots = 160;

    /// <summary>
    /// What is hidden beyond the slots of all tasks has been put off, because the API's budget is used up: more tasks would only wait in
    /// greater number, so it does not count. Nor does the enrichment queue, where the API is always what is short.
    /// </summary>
    private static readonly string Expression = string.Create(
        CultureInfo.InvariantCulture,
        $"(visible + IF(inFlight > tasks * {Slots}, tasks * {Slots}, inFlight)) / tasks"
    );

    public static void AddTo(Settings settings, Store store, FargateService service)
    {
        var scaling = service.AutoScaleTaskCount(
            new EnableScalingProps
            {
                MinCapacity = settings.ProcessorTasksMin!.ValueAsNumber,
                MaxCapacity = settings.ProcessorTasksMax!.ValueAsNumber,
            }
        );
        var target = (CfnScalableTarget)scaling.Node.FindChild("Target").Node.DefaultChild!;
        _ = new CfnScalingPolicy(
            service,
            "BacklogPerTask",
            new CfnScalingPolicyProps
            {
                PolicyName = "backlog-per-task",
                PolicyType = "TargetTrackingScaling",
                ScalingTargetId = target.Ref,
                TargetTrackingScalingPolicyConfiguration =
                    new CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty
                    {
                        TargetValue = BacklogPerTask,
                        ScaleOutCooldown = 60,
                        // A wave of the same shift is often followed by another.
                        ScaleInCooldown = 300,
                        CustomizedMetricSpecification = new CfnScalingPolicy.CustomizedMetricSpecificationProperty
                        {
                            Metrics = Queries(store, service),
                        },
                    },
            }
        );
    }

    private static Query[] Queries(Store store, FargateService service)
    {
        var queue = new Dictionary<string, string> { ["QueueName"] = Measured.NameOf(store.EventsQueue) };
        var ecs = new Dictionary<string, string>
        {
            ["ClusterName"] = service.Cluster.ClusterName,
            ["ServiceName"] = service.ServiceName,
        };
        return
        [
            Of("visible", "AWS/SQS", "ApproximateNumberOfMessagesVisible", queue, "Average"),
            Of("inFlight", "AWS/SQS", "ApproximateNumberOfMessagesNotVisible", queue, "Average"),
            Of("tasks", "ECS/ContainerInsights", "RunningTaskCount", ecs, "Average"),
            new Query
            {
                Id = "backlog",
                Label = "Backlog per task",
                Expression = Expression,
                ReturnData = true,
            },
        ];
    }

    private static Query Of(
        string id,
        string space,
        string metric,
        Dictionary<string, string> dimensions,
        string statistic
    ) =>
        new()
        {
            Id = id,
            ReturnData = false,
            MetricStat = new CfnScalingPolicy.TargetTrackingMetricStatProperty
            {
                Stat = statistic,
                Metric = new CfnScalingPolicy.TargetTrackingMetricProperty
                {
                    Namespace = space,
                    MetricName = metric,
                    Dimensions = dimensions
                        .Select(dimension => new CfnScalingPolicy.TargetTrackingMetricDimensionProperty
                        {
                            Name = dimension.Key,
                            Value = dimension.Value,
                        })
                        .ToArray(),
                },
            },
        };
}
