using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Provisioner.Making;
using Provisioner.Templates;

namespace Provisioner.Tables;

internal sealed class TableKind(IAmazonDynamoDB dynamoDb, TableFeatures features, TimeProvider time) : IResourceKind
{
    private const string Arn = "Arn";

    /// <summary>A table takes some seconds in AWS; one that takes minutes needs a person.</summary>
    private static readonly TimeSpan ActiveTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public string Type => "AWS::DynamoDB::Table";

    public string Service => "DynamoDB";

    public string? Endpoint => dynamoDb.Config.ServiceURL;

    public IReadOnlyList<string> Attributes { get; } = [Arn];

    public Task ProbeAsync(CancellationToken cancellationToken) =>
        dynamoDb.ListTablesAsync(new ListTablesRequest { Limit = 1 }, cancellationToken);

    public void Check(Properties properties) => TableDefinition.Read(properties);

    public async Task<MakeOutcome> MakeAsync(Properties properties, CancellationToken cancellationToken)
    {
        var wanted = TableDefinition.Read(properties);
        var present = await FindAsync(wanted.Name, cancellationToken);
        if (present is not null && ConflictOf(present, wanted) is { } conflict)
        {
            return conflict;
        }

        if (present is null)
        {
            await CreateAsync(wanted, cancellationToken);
        }

        if (await WaitUntilActiveAsync(wanted.Name, cancellationToken) is not { } active)
        {
            return new MakeOutcome.Conflict(wanted.Name, $"is not ACTIVE after {ActiveTimeout}");
        }

        var adjusted = await features.EnableAsync(wanted, cancellationToken);
        return new MakeOutcome.Made(
            wanted.Name,
            wanted.Name,
            new Dictionary<string, string> { [Arn] = active.TableArn },
            present is null ? new Change.Created()
                : adjusted.Count == 0 ? new Change.Kept()
                : new Change.Adjusted(string.Join(", ", adjusted))
        );
    }

    private static MakeOutcome.Conflict? ConflictOf(TableDescription present, TableDefinition wanted)
    {
        var presentKeys = present
            .KeySchema.Select(key => new KeyAttribute(
                key.AttributeName,
                key.KeyType.Value,
                present
                    .AttributeDefinitions.Find(attribute => attribute.AttributeName == key.AttributeName)
                    ?.AttributeType.Value
                    ?? ""
            ))
            .ToList();
        return presentKeys.SequenceEqual(wanted.Keys)
            ? null
            : new MakeOutcome.Conflict(
                wanted.Name,
                $"is there with the keys {string.Join(", ", presentKeys)} and should have {string.Join(", ", wanted.Keys)}; keys cannot be changed"
            );
    }

    private async Task<TableDescription?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await dynamoDb.DescribeTableAsync(name, cancellationToken)).Table;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task CreateAsync(TableDefinition wanted, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.CreateTableAsync(
                new CreateTableRequest
                {
                    TableName = wanted.Name,
                    AttributeDefinitions = [.. wanted.Keys.Select(key => new AttributeDefinition(key.Name, key.Type))],
                    KeySchema = [.. wanted.Keys.Select(key => new KeySchemaElement(key.Name, key.Role))],
                    BillingMode = BillingMode.PAY_PER_REQUEST,
                },
                cancellationToken
            );
        }
        catch (ResourceInUseException)
        {
            // An answer that was lost, or somebody else at the same moment: it is there, and the next run compares it.
        }
    }

    private async Task<TableDescription?> WaitUntilActiveAsync(string name, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; time.GetElapsedTime(started) < ActiveTimeout; pause = Longer(pause))
        {
            if (await FindAsync(name, cancellationToken) is { TableStatus.Value: "ACTIVE" } active)
            {
                return active;
            }

            await Task.Delay(pause, time, cancellationToken);
        }

        return null;
    }

    private static TimeSpan Longer(TimeSpan pause) => 2 * pause < LongestPause ? 2 * pause : LongestPause;
}
