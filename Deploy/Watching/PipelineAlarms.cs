using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Deploy.Bridging;
using Deploy.Storing;

namespace Deploy.Watching;

/// <summary>What every deployment is watched for, whatever it runs on.</summary>
internal static class PipelineAlarms
{
    /// <summary>SQS refuses receives at 120,000 messages in flight; with long polling it just returns nothing.</summary>
    private const double InFlightMax = 120_000;

    public static IEnumerable<AlarmDefinition> Of(Store store, PartnerBus bus) =>
        [.. OfQueues(store, bus), .. OfBus(bus), .. OfTables(store), .. OfServices()];

    private static IEnumerable<AlarmDefinition> OfQueues(Store store, PartnerBus bus) =>
        [
            new(
                "EventsOldest",
                "Events wait for more than five minutes. Is the Processor running, and is it throttled? See 'the queue grows' in the runbook.",
                Age(store.EventsQueue),
                Above: 300,
                Minutes: 5
            ),
            new(
                "EnrichmentOldest",
                "Conversations wait for more than an hour to be enriched: the API's budget is short, or the worker is not running.",
                Age(store.EnrichmentQueue),
                Above: 3600,
                Minutes: 5
            ),
            new(
                "EventsInFlight",
                "Four fifths of what SQS lets be in flight: beyond it, receives return nothing and give no error.",
                Measured.Queue(store.EventsQueue, "ApproximateNumberOfMessagesNotVisible", "Maximum"),
                Above: InFlightMax * 0.8,
                Minutes: 1
            ),
            new(
                "DeadLetters",
                "There are dead letters. Operations groups them by reason; without it they wait in their queue, each with its reason.",
                DeadLetters(store),
                0,
                1
            ),
            new(
                "EnrichmentDeadLetters",
                "There are dead letters of enrichment.",
                Depth(store.EnrichmentDeadLetterQueue),
                0,
                1
            ),
            Expiry("DeadLettersExpire", store.DeadLetterQueue),
            Expiry("EnrichmentDeadLettersExpire", store.EnrichmentDeadLetterQueue),
            new(
                "Undelivered",
                "EventBridge gave up on events: see their ERROR_CODE. Replay the time from the archive once the target works.",
                Depth(bus.Undelivered),
                0,
                1
            ),
        ];

    /// <summary>
    /// The age in a dead-letter queue counts from the arrival there, the expiry from the first sending: four days earlier at the worst.
    /// Seven days of age leave three of the fourteen even then.
    /// </summary>
    private static AlarmDefinition Expiry(string name, CfnResource queue) =>
        new(
            name,
            "The oldest dead letter may expire in three days. Redrive it or export it.",
            Age(queue),
            Above: TimeSpan.FromDays(7).TotalSeconds,
            Minutes: 5
        );

    private static IEnumerable<AlarmDefinition> OfBus(PartnerBus bus) =>
        bus.RuleNames.SelectMany(rule =>
            new AlarmDefinition[]
            {
                new(
                    $"{rule}-Failed",
                    "EventBridge cannot deliver at all: permissions of the target, or of its key.",
                    Measured.Rule(bus.Bus.Ref, rule, "FailedInvocations"),
                    0,
                    1
                ),
                new(
                    $"{rule}-SentToDlq",
                    "EventBridge gave up on events after a day, or the target refused them for good.",
                    Measured.Rule(bus.Bus.Ref, rule, "InvocationsSentToDlq"),
                    0,
                    1
                ),
                new(
                    $"{rule}-Lost",
                    "Events are lost: neither the target nor the undelivered queue took them. Replay from the archive.",
                    Measured.Rule(bus.Bus.Ref, rule, "InvocationsFailedToBeSentToDlq"),
                    0,
                    1
                ),
                new(
                    $"{rule}-Throttled",
                    "EventBridge holds the rule back; events are late, not lost. Ask for more invocations a second.",
                    Measured.Rule(bus.Bus.Ref, rule, "ThrottledRules"),
                    0,
                    15
                ),
            }
        );

    /// <summary>Reads and writes apart: an alarm sums ten metrics at the most.</summary>
    private static IEnumerable<AlarmDefinition> OfTables(Store store) =>
        [
            Throttled(store, "ReadsThrottled", "ReadThrottleEvents"),
            Throttled(store, "WritesThrottled", "WriteThrottleEvents"),
        ];

    private static AlarmDefinition Throttled(Store store, string name, string metric)
    {
        var tables = store
            .Tables.Select((table, index) => (Id: $"t{index}", Table: table))
            .ToDictionary(table => table.Id, IMetric (table) => Measured.Table(table.Table, metric));
        return new AlarmDefinition(
            name,
            "DynamoDB refuses some of them. On-demand tables follow within minutes; what lasts is a hot key.",
            new MathExpression(
                new MathExpressionProps
                {
                    Expression = string.Join(" + ", tables.Keys.Select(id => $"FILL({id}, 0)")),
                    UsingMetrics = tables,
                    Period = Measured.Minute,
                    Label = metric,
                }
            ),
            Above: 0,
            Minutes: 5
        );
    }

    private static IEnumerable<AlarmDefinition> OfServices() =>
        [
            new(
                "DrainAbandoned",
                "A process ended with messages neither done nor given back. They come again, so nothing is lost; it is a fault of ours.",
                Measured.Logged(LogCounts.DrainAbandoned),
                0,
                1
            ),
            new(
                "BudgetBlocked",
                "The Genesys API has refused calls for a quarter of an hour: another integration uses the same client, or the limit is set too high.",
                Measured.Api("genesys.api.budget.blocked", "Maximum"),
                0,
                15
            ),
            new(
                "ClientRefused",
                "Genesys Cloud refuses the OAuth client: its secret was changed, or the client was deleted.",
                Measured.Logged(LogCounts.ClientRefused),
                0,
                1
            ),
        ];

    /// <summary>Those in the queue, and those that were sent there: Operations takes them out before a minute is over.</summary>
    private static MathExpression DeadLetters(Store store) =>
        new(
            new MathExpressionProps
            {
                Expression = "FILL(waiting, 0) + FILL(sent, 0)",
                UsingMetrics = new Dictionary<string, IMetric>
                {
                    ["waiting"] = Depth(store.DeadLetterQueue),
                    ["sent"] = Measured.Logged(LogCounts.DeadLettered),
                },
                Period = Measured.Minute,
                Label = "Dead letters",
            }
        );

    private static Metric Age(CfnResource queue) => Measured.Queue(queue, "ApproximateAgeOfOldestMessage", "Maximum");

    private static Metric Depth(CfnResource queue) =>
        Measured.Queue(queue, "ApproximateNumberOfMessagesVisible", "Maximum");
}
