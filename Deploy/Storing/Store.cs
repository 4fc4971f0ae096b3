using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.CloudFormation.Include;
using Constructs;

namespace Deploy.Storing;

/// <summary>
/// The queues and tables of AppHost/pipeline.template.json, included and not repeated. Added is what only an account has: the key,
/// who may send where, and which queue may take which one's dead letters.
/// </summary>
internal sealed class Store : Construct
{
    private readonly CfnInclude _pipeline;

    public Store(Construct scope, Shape shape)
        : base(scope, "Store")
    {
        _pipeline = new CfnInclude(
            this,
            "Pipeline",
            new CfnIncludeProps { TemplateFile = Path.Combine(AppContext.BaseDirectory, "pipeline.template.json") }
        );
        Key = StoreKey.AddTo(this);

        EventsQueue = Encrypted("EventsQueue");
        DeadLetterQueue = Encrypted("DeadLetterQueue");
        EnrichmentQueue = Encrypted("EnrichmentQueue");
        EnrichmentDeadLetterQueue = Encrypted("EnrichmentDeadLetterQueue");
        TakesDeadLettersOf(DeadLetterQueue, Names.EventsQueue);
        TakesDeadLettersOf(EnrichmentDeadLetterQueue, Names.EnrichmentQueue);
        foreach (var queue in new[] { DeadLetterQueue, EnrichmentQueue, EnrichmentDeadLetterQueue })
        {
            QueuePolicies.AddTo(this, queue);
        }

        EventsTable = EncryptedTable("EventsTable");
        ClaimsTable = EncryptedTable("ClaimsTable");
        AttemptsTable = EncryptedTable("AttemptsTable");
        ConversationsTable = EncryptedTable("ConversationsTable");
        BudgetTable = EncryptedTable("BudgetTable");
        DeadLettersTable = EncryptedTable("DeadLettersTable");
        OperationsTable = EncryptedTable("OperationsTable");

        if (shape.Compute == Compute.Lambda)
        {
            EventsQueue.AddPropertyOverride("VisibilityTimeout", Durations.LambdaVisibility.TotalSeconds);
        }
    }

    public Key Key { get; }

    public CfnResource EventsQueue { get; }

    public CfnResource DeadLetterQueue { get; }

    public CfnResource EnrichmentQueue { get; }

    public CfnResource EnrichmentDeadLetterQueue { get; }

    public CfnResource EventsTable { get; }

    public CfnResource ClaimsTable { get; }

    public CfnResource AttemptsTable { get; }

    public CfnResource ConversationsTable { get; }

    public CfnResource BudgetTable { get; }

    public CfnResource DeadLettersTable { get; }

    public CfnResource OperationsTable { get; }

    public IReadOnlyList<CfnResource> Tables =>
        [EventsTable, ClaimsTable, AttemptsTable, ConversationsTable, BudgetTable, DeadLettersTable, OperationsTable];

    private CfnResource Encrypted(string queue)
    {
        var resource = _pipeline.GetResource(queue);
        resource.AddPropertyDeletionOverride("SqsManagedSseEnabled");
        resource.AddPropertyOverride("KmsMasterKeyId", Key.KeyArn);
        // The longest that saves requests to the key and still lets a withdrawn permission work within the hour.
        resource.AddPropertyOverride("KmsDataKeyReusePeriodSeconds", 3600);
        return resource;
    }

    private CfnResource EncryptedTable(string table)
    {
        var resource = _pipeline.GetResource(table);
        resource.AddPropertyOverride("SSESpecification.SSEEnabled", true);
        resource.AddPropertyOverride("SSESpecification.SSEType", "KMS");
        resource.AddPropertyOverride("SSESpecification.KMSMasterKeyId", Key.KeyArn);
        return resource;
    }

    /// <summary>By name: the source refers to its dead-letter queue, and a circle of references is none.</summary>
    private static void TakesDeadLettersOf(CfnResource deadLetters, string source)
    {
        deadLetters.AddPropertyOverride("RedriveAllowPolicy.redrivePermission", "byQueue");
        deadLetters.AddPropertyOverride("RedriveAllowPolicy.sourceQueueArns", new[] { Names.QueueArn(source) });
    }
}
