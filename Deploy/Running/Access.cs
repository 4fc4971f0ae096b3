using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Deploy.Storing;

namespace Deploy.Running;

/// <summary>What each service may do: the calls its code makes, on the things it makes them on. A test compares this with the code.</summary>
internal static class Access
{
    /// <summary>What SQS and DynamoDB do with the key in the caller's name.</summary>
    private static readonly string[] KeyUse =
    [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
    ];

    /// <summary>All of it in one process: events, and enrichment.</summary>
    public static IReadOnlyList<PolicyStatement> OfProcessor(Store store) =>
        [
            Allow(
                store.EventsQueue,
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:ChangeMessageVisibility",
                "sqs:SendMessage"
            ),
            .. OfEvents(store),
            .. OfEnriching(store),
            OfBudget(store),
            Key(store, "sqs", "dynamodb"),
        ];

    /// <summary>The event source receives and deletes in the function's name.</summary>
    public static IReadOnlyList<PolicyStatement> OfFunction(Store store) =>
        [
            Allow(
                store.EventsQueue,
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:ChangeMessageVisibility",
                "sqs:SendMessage"
            ),
            Allow(store.EnrichmentQueue, "sqs:SendMessage"),
            .. OfEvents(store),
            OfBudget(store),
            Key(store, "sqs", "dynamodb"),
        ];

    public static IReadOnlyList<PolicyStatement> OfEnrichment(Store store) =>
        [.. OfEnriching(store), OfBudget(store), Key(store, "sqs", "dynamodb")];

    public static IReadOnlyList<PolicyStatement> OfIngestor(Store store) =>
        [Allow(store.EventsQueue, "sqs:SendMessage"), Key(store, "sqs")];

    private static IEnumerable<PolicyStatement> OfEvents(Store store) =>
        [
            Allow(store.DeadLetterQueue, "sqs:SendMessage"),
            Allow(store.EventsTable, "dynamodb:BatchWriteItem"),
            Allow(store.ClaimsTable, "dynamodb:GetItem", "dynamodb:UpdateItem"),
            Allow(store.AttemptsTable, "dynamodb:UpdateItem"),
        ];

    private static IEnumerable<PolicyStatement> OfEnriching(Store store) =>
        [
            Allow(
                store.EnrichmentQueue,
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:ChangeMessageVisibility",
                "sqs:SendMessage"
            ),
            Allow(store.EventsTable, "dynamodb:Query"),
            Allow(store.ConversationsTable, "dynamodb:PutItem"),
        ];

    private static PolicyStatement OfBudget(Store store) =>
        Allow(store.BudgetTable, "dynamodb:GetItem", "dynamodb:PutItem");

    /// <summary>Takes dead letters out of their queue into its table, sends them again, reads what became of them.</summary>
    public static IReadOnlyList<PolicyStatement> OfOperations(Store store) =>
        [
            .. new[] { store.DeadLetterQueue, store.EnrichmentDeadLetterQueue }.Select(queue =>
                Allow(queue, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:SendMessage", "sqs:GetQueueAttributes")
            ),
            .. new[] { store.EventsQueue, store.EnrichmentQueue }.Select(queue =>
                Allow(queue, "sqs:SendMessage", "sqs:GetQueueAttributes")
            ),
            .. new[] { store.DeadLettersTable, store.OperationsTable }.Select(table =>
                Allow(table, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query")
            ),
            .. new[] { store.EventsTable, store.ClaimsTable, store.AttemptsTable, store.ConversationsTable }.Select(
                table => Allow(table, "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan")
            ),
            Allow(store.BudgetTable, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Scan"),
            Key(store, "sqs", "dynamodb"),
        ];

    public static PolicyStatement Allow(CfnResource resource, params string[] actions) =>
        Allow(resource.GetAtt("Arn").ToString(), actions);

    public static PolicyStatement Allow(string arn, params string[] actions) =>
        new(new PolicyStatementProps { Actions = actions, Resources = [arn] });

    private static PolicyStatement Key(Store store, params string[] services)
    {
        var statement = Allow(store.Key.KeyArn, KeyUse);
        statement.AddCondition(
            "StringEquals",
            new Dictionary<string, object>
            {
                ["kms:ViaService"] = services
                    .Select(service => Fn.Sub($"{service}.${{AWS::Region}}.${{AWS::URLSuffix}}"))
                    .ToArray(),
            }
        );
        return statement;
    }
}
