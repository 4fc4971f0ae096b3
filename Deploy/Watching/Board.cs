using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using Deploy.Bridging;
using Deploy.Running;
using Deploy.Storing;

namespace Deploy.Watching;

/// <summary>The dashboard, from left to right as an event goes; the alarms on top.</summary>
internal sealed class Board : Construct
{
    private static readonly string[] Deliveries = ["Invocations", "FailedInvocations", "InvocationsSentToDlq"];
    private static readonly string[] Outcomes = ["recorded", "deferred", "failed", "rejected", "poison"];
    private static readonly string[] StatusClasses = ["2xx", "4xx", "5xx"];

    private readonly Dashboard _dashboard;

    public Board(Construct scope, Store store, PartnerBus bus, AlarmBoard alarms)
        : base(scope, "Board")
    {
        _dashboard = new Dashboard(
            this,
            "Dashboard",
            new DashboardProps { DashboardName = Names.Prefixed("genesys"), DefaultInterval = Duration.Hours(3) }
        );
        _dashboard.AddWidgets(
            new AlarmStatusWidget(
                new AlarmStatusWidgetProps
                {
                    Title = "Alarms",
                    Alarms = [.. alarms.Alarms],
                    Width = 24,
                    Height = 4,
                }
            )
        );
        _dashboard.AddWidgets(
            Graph(
                "From Genesys Cloud",
                [
                    .. bus.RuleNames.SelectMany(rule =>
                        Deliveries.Select(metric => Measured.Rule(bus.Bus.Ref, rule, metric))
                    ),
                ]
            ),
            Graph(
                "Events in the queue",
                [
                    Measured.Queue(store.EventsQueue, "ApproximateNumberOfMessagesVisible", "Maximum"),
                    Measured.Queue(store.EventsQueue, "ApproximateNumberOfMessagesNotVisible", "Maximum"),
                    Measured.Queue(store.EventsQueue, "ApproximateNumberOfMessagesDelayed", "Maximum"),
                ],
                [Measured.Queue(store.EventsQueue, "ApproximateAgeOfOldestMessage", "Maximum")]
            ),
            Graph(
                "Conversations to enrich",
                [Measured.Queue(store.EnrichmentQueue, "ApproximateNumberOfMessagesVisible", "Maximum")],
                [Measured.Queue(store.EnrichmentQueue, "ApproximateAgeOfOldestMessage", "Maximum")]
            )
        );
        _dashboard.AddWidgets(
            Graph(
                "Dead letters and undelivered events",
                [
                    Measured.Queue(store.DeadLetterQueue, "ApproximateNumberOfMessagesVisible", "Maximum"),
                    Measured.Queue(store.EnrichmentDeadLetterQueue, "ApproximateNumberOfMessagesVisible", "Maximum"),
                    Measured.Queue(bus.Undelivered, "ApproximateNumberOfMessagesVisible", "Maximum"),
                ]
            ),
            Graph(
                "Written units",
                [.. store.Tables.Select(table => Measured.Table(table, "ConsumedWriteCapacityUnits"))]
            ),
            Graph("Throttled writes", [.. store.Tables.Select(table => Measured.Table(table, "WriteThrottleEvents"))])
        );
    }

    /// <summary>What only the services know comes through their collectors; a function has none.</summary>
    public void AddProcessor(ProcessorFunction? function, IMetric[] tasks) =>
        _dashboard.AddWidgets([
            .. function is null ? FromCollectors() : FromLambda(function),
            .. tasks.Length == 0 ? Array.Empty<IWidget>() : [Graph("Tasks", tasks)],
        ]);

    private static IEnumerable<IWidget> FromCollectors() =>
        [
            Graph(
                "Events",
                [
                    Measured.Processor("genesys.events.recorded", "Sum"),
                    Measured.Processor("genesys.events.duplicates", "Sum"),
                ],
                [Measured.Processor("genesys.events.lag", "Maximum")]
            ),
            Graph("What became of messages", [.. Outcomes.Select(Measured.ProcessorOutcome)]),
            Graph(
                "Genesys API",
                [.. StatusClasses.Select(Measured.ApiRequests)],
                [Measured.Api("genesys.api.budget.blocked", "Maximum")]
            ),
        ];

    private static IEnumerable<IWidget> FromLambda(ProcessorFunction processor) =>
        [
            Graph(
                "Function",
                [
                    processor.Function.MetricInvocations(),
                    processor.Function.MetricErrors(),
                    processor.Function.MetricThrottles(),
                ],
                [processor.Function.MetricDuration(new MetricOptions { Statistic = "p99" })]
            ),
        ];

    private static GraphWidget Graph(string title, IMetric[] left, IMetric[]? right = null) =>
        new(
            new GraphWidgetProps
            {
                Title = title,
                Left = left,
                Right = right ?? [],
                Width = 8,
                Height = 6,
                LiveData = true,
            }
        );
}
