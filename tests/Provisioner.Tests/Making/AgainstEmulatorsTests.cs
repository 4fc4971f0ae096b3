using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using Provisioner.Making;
using Provisioner.Queues;
using Provisioner.Tables;
using Testing;

namespace Provisioner.Tests.Making;

/// <summary>All tests share two emulators; a prefix keeps their queues and tables apart.</summary>
public sealed class AgainstEmulatorsTests(AgainstEmulatorsTests.Aws aws) : IClassFixture<AgainstEmulatorsTests.Aws>
{
    private readonly Lines<PipelineMaker> _lines = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_queues_and_tables_are_made()
    {
        Assert.Equal(ExitCode.Provisioned, await ProvisionAsync("all-"));

        var queues = (await aws.Sqs.ListQueuesAsync(new ListQueuesRequest("all-"), Cancellation)).QueueUrls!;
        Assert.Equal(
            [
                "all-conversation-enrichment",
                "all-conversation-enrichment-dlq",
                "all-genesys-events",
                "all-genesys-events-dlq",
            ],
            queues.Select(url => url.Split('/')[^1]).Order()
        );
        var tables = (await aws.DynamoDb.ListTablesAsync(Cancellation)).TableNames;
        Assert.Equal(
            [
                "all-api-budget",
                "all-conversation-events",
                "all-conversations",
                "all-dead-letters",
                "all-effect-claims",
                "all-message-attempts",
                "all-operations-log",
            ],
            tables.Where(name => name.StartsWith("all-", StringComparison.Ordinal)).Order()
        );
        Assert.Equal(11, _lines.Written.Count(line => line.StartsWith("Made ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_queue_gets_its_attributes()
    {
        await ProvisionAsync("attributes-");

        var attributes = await AttributesAsync("attributes-genesys-events");
        Assert.Equal("60", attributes["VisibilityTimeout"]);
        Assert.Equal("345600", attributes["MessageRetentionPeriod"]);
        Assert.Equal("20", attributes["ReceiveMessageWaitTimeSeconds"]);
        Assert.Equal("1048576", attributes["MaximumMessageSize"]);
        Assert.Contains(":attributes-genesys-events-dlq\"", attributes["RedrivePolicy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_keeps_what_is_there()
    {
        await ProvisionAsync("second-");
        _lines.Written.Clear();

        Assert.Equal(ExitCode.Provisioned, await ProvisionAsync("second-"));

        Assert.Equal(11, _lines.Written.Count(line => line.StartsWith("Kept ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Attributes_of_a_queue_that_somebody_changed_are_set_back()
    {
        await ProvisionAsync("changed-");
        var url = (
            await aws.Sqs.GetQueueUrlAsync(new GetQueueUrlRequest("changed-genesys-events"), Cancellation)
        ).QueueUrl;
        await aws.Sqs.SetQueueAttributesAsync(
            url,
            new() { ["VisibilityTimeout"] = "5", ["RedrivePolicy"] = "" },
            Cancellation
        );

        Assert.Equal(ExitCode.Provisioned, await ProvisionAsync("changed-"));

        Assert.Contains("Changed changed-genesys-events: RedrivePolicy, VisibilityTimeout.", _lines.Written);
        Assert.Equal("60", (await AttributesAsync("changed-genesys-events"))["VisibilityTimeout"]);
    }

    [Fact]
    public async Task A_table_with_other_keys_is_an_error_and_stays()
    {
        await aws.DynamoDb.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = "keys-conversation-events",
                AttributeDefinitions = [new("conversationId", ScalarAttributeType.S)],
                KeySchema = [new("conversationId", KeyType.HASH)],
                BillingMode = BillingMode.PAY_PER_REQUEST,
            },
            Cancellation
        );

        Assert.Equal(ExitCode.NotProvisioned, await ProvisionAsync("keys-"));

        Assert.Equal(
            "keys-conversation-events is there with the keys conversationId HASH S and should have subject HASH S, event RANGE S; keys cannot be changed.",
            _lines.Written[^1]
        );
    }

    [Fact]
    public async Task What_the_service_refuses_is_told_in_one_line()
    {
        var template = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        await File.WriteAllTextAsync(
            template,
            Templates.ATemplate.With(Templates.ATemplate.Queue("Q", ", \"VisibilityTimeout\": 99999999")),
            Cancellation
        );

        Assert.Equal(ExitCode.NotProvisioned, await ProvisionAsync("", template));

        var line = Assert.Single(_lines.Written);
        Assert.StartsWith($"Q was refused by SQS at {aws.SqsUrl}", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        File.Delete(template);
    }

    private Task<ExitCode> ProvisionAsync(string prefix, string? template = null)
    {
        var options = Options.Create(
            new ProvisionerOptions
            {
                Template = template ?? Repository.PathOf("AppHost", "pipeline.template.json"),
                Parameters = prefix.Length == 0 ? [] : new() { ["NamePrefix"] = prefix },
            }
        );
        var maker = new PipelineMaker(
            [
                new QueueKind(aws.Sqs),
                new TableKind(
                    aws.DynamoDb,
                    new TableFeatures(aws.DynamoDb, new Lines<TableFeatures>()),
                    TimeProvider.System
                ),
            ],
            new EndpointWait(options, TimeProvider.System, new Lines<EndpointWait>()),
            options,
            _lines
        );
        return maker.RunAsync(Cancellation);
    }

    private async Task<Dictionary<string, string>> AttributesAsync(string queue)
    {
        var url = (await aws.Sqs.GetQueueUrlAsync(new GetQueueUrlRequest(queue), Cancellation)).QueueUrl;
        return (
            await aws.Sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(url, ["All"]), Cancellation)
        ).Attributes!;
    }

    public sealed class Aws : IAsyncLifetime
    {
        private Emulators _emulators = null!;

        public Uri SqsUrl => _emulators.SqsUrl;

        public AmazonSQSClient Sqs { get; private set; } = null!;

        public AmazonDynamoDBClient DynamoDb { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _emulators = await Emulators.StartAsync(Cancellation);
            Sqs = _emulators.CreateSqsClient();
            DynamoDb = _emulators.CreateDynamoDbClient();
        }

        public async ValueTask DisposeAsync()
        {
            Sqs.Dispose();
            DynamoDb.Dispose();
            await _emulators.DisposeAsync();
        }
    }
}
