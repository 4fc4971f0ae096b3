using Amazon.CDK;

namespace Deploy;

/// <summary>
/// Names that something else must know before the thing exists: a key's policy names the queues that need the key, a queue's policy
/// the rule that may send to it. All of them begin with the prefix, so that two systems can share an account.
/// </summary>
internal static class Names
{
    public const string EventsQueue = "genesys-events";
    public const string DeadLetterQueue = "genesys-events-dlq";
    public const string EnrichmentQueue = "conversation-enrichment";
    public const string EnrichmentDeadLetterQueue = "conversation-enrichment-dlq";
    public const string UndeliveredQueue = "genesys-events-undelivered";
    public const string Alarms = "genesys-alarms";
    public const string Archive = "genesys-events";
    public const string Metrics = "genesys";

    /// <summary>As the services are called everywhere else; also the names of their log groups and repositories.</summary>
    public const string Processor = "processor";
    public const string Enrichment = "enrichment";
    public const string Ingestor = "ingestor";
    public const string Operations = "operations";
    public const string OperationsCall = "operations-call";
    public const string Telemetry = "telemetry";

    public static IReadOnlyList<string> Queues { get; } =
    [EventsQueue, DeadLetterQueue, EnrichmentQueue, EnrichmentDeadLetterQueue];

    public static IReadOnlyList<string> LogGroups { get; } =
    [Processor, Enrichment, Ingestor, Operations, OperationsCall, Telemetry];

    public static string Prefixed(string name) => Fn.Sub($"${{NamePrefix}}{name}");

    public static string LogGroup(string name) => Fn.Sub($"/genesys/${{NamePrefix}}{name}");

    public static string QueueArn(string name) =>
        Fn.Sub($"arn:${{AWS::Partition}}:sqs:${{AWS::Region}}:${{AWS::AccountId}}:${{NamePrefix}}{name}");

    public static string TopicArn(string name) =>
        Fn.Sub($"arn:${{AWS::Partition}}:sns:${{AWS::Region}}:${{AWS::AccountId}}:${{NamePrefix}}{name}");

    public static string LogGroupArn(string name) =>
        Fn.Sub(
            $"arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:/genesys/${{NamePrefix}}{name}"
        );

    /// <summary>A rule of the partner's bus, whose name is that of the event source.</summary>
    public static string RuleArn(string rule) =>
        Fn.Sub(
            $"arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:rule/${{PartnerEventSource}}/${{NamePrefix}}{rule}"
        );

    public static string RepositoryArn(string service) =>
        Fn.Sub($"arn:${{AWS::Partition}}:ecr:${{AWS::Region}}:${{AWS::AccountId}}:repository/{Repository(service)}");

    public static string Repository(string service) => $"genesys/{service}";

    public static string PackageBucket => Fn.Sub("genesys-packages-${AWS::AccountId}-${AWS::Region}");
}
