namespace Bench.Endpoints;

/// <summary>What things are called, and where they are, in the words of each candidate.</summary>
internal static class Names
{
    public const string ApiKey = "a-key-for-the-bench";

    public const string EventsQueue = "genesys-events";
    public const string DeadLetterQueue = "genesys-events-dlq";
    public const string EventsTable = "conversation-events";
    public const string SummariesTable = "conversations";

    /// <summary>The idempotency records of the peers; we have none.</summary>
    public const string PeersTable = "peer-claims";

    public static Dictionary<string, string> On(Uri sqs, Uri dynamoDb) =>
        new()
        {
            ["AWS_ENDPOINT_URL_SQS"] = Text(sqs),
            ["AWS_ENDPOINT_URL_DYNAMODB"] = Text(dynamoDb),
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["EVENTS_TABLE"] = EventsTable,
            ["CLAIMS_TABLE"] = PeersTable,
        };

    private static string Text(Uri url) => url.ToString().TrimEnd('/');
}
