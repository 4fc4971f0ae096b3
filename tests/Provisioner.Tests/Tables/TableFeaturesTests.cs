using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Provisioner.Tables;
using Provisioner.Tests.Making;

namespace Provisioner.Tests.Tables;

/// <summary>The emulator has neither expiry nor recovery; this is what a DynamoDB does that has.</summary>
public sealed class TableFeaturesTests
{
    private static readonly TableDefinition Table = new("conversations", [], "expires", PointInTimeRecovery: true);

    [Fact]
    public async Task Expiry_and_recovery_are_switched_on()
    {
        using var dynamoDb = new DynamoDb();

        var enabled = await EnableAsync(dynamoDb);

        Assert.Equal(["time to live by expires", "point-in-time recovery"], enabled);
        Assert.Equal(["conversations expires", "conversations recovery"], dynamoDb.Changes);
    }

    [Fact]
    public async Task What_is_on_is_not_switched_on_again()
    {
        using var dynamoDb = new DynamoDb { IsOn = true };

        var enabled = await EnableAsync(dynamoDb);

        Assert.Empty(enabled);
        Assert.Empty(dynamoDb.Changes);
    }

    [Fact]
    public async Task What_the_endpoint_does_not_have_is_said_once()
    {
        using var dynamoDb = new DynamoDb { HasFeatures = false };
        var lines = new Lines<TableFeatures>();
        var features = new TableFeatures(dynamoDb, lines);

        await features.EnableAsync(Table, TestContext.Current.CancellationToken);
        await features.EnableAsync(Table, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "This DynamoDB has no time to live; the tables are made without.",
                "This DynamoDB has no point-in-time recovery; the tables are made without.",
            ],
            lines.Written
        );
    }

    private static Task<IReadOnlyList<string>> EnableAsync(DynamoDb dynamoDb) =>
        new TableFeatures(dynamoDb, new Lines<TableFeatures>()).EnableAsync(
            Table,
            TestContext.Current.CancellationToken
        );

    private sealed class DynamoDb() : AmazonDynamoDBClient(new AnonymousAWSCredentials(), RegionEndpoint.USEast1)
    {
        public bool HasFeatures { get; init; } = true;

        public bool IsOn { get; init; }

        public List<string> Changes { get; } = [];

        public override Task<DescribeTimeToLiveResponse> DescribeTimeToLiveAsync(
            string tableName,
            CancellationToken cancellationToken = default
        ) =>
            Answer(
                new DescribeTimeToLiveResponse
                {
                    TimeToLiveDescription = new TimeToLiveDescription
                    {
                        AttributeName = IsOn ? "expires" : null,
                        TimeToLiveStatus = IsOn ? TimeToLiveStatus.ENABLED : TimeToLiveStatus.DISABLED,
                    },
                }
            );

        public override Task<UpdateTimeToLiveResponse> UpdateTimeToLiveAsync(
            UpdateTimeToLiveRequest request,
            CancellationToken cancellationToken = default
        )
        {
            Changes.Add($"{request.TableName} {request.TimeToLiveSpecification.AttributeName}");
            return Answer(new UpdateTimeToLiveResponse());
        }

        public override Task<DescribeContinuousBackupsResponse> DescribeContinuousBackupsAsync(
            DescribeContinuousBackupsRequest request,
            CancellationToken cancellationToken = default
        ) =>
            Answer(
                new DescribeContinuousBackupsResponse
                {
                    ContinuousBackupsDescription = new ContinuousBackupsDescription
                    {
                        PointInTimeRecoveryDescription = new PointInTimeRecoveryDescription
                        {
                            PointInTimeRecoveryStatus = IsOn
                                ? PointInTimeRecoveryStatus.ENABLED
                                : PointInTimeRecoveryStatus.DISABLED,
                        },
                    },
                }
            );

        public override Task<UpdateContinuousBackupsResponse> UpdateContinuousBackupsAsync(
            UpdateContinuousBackupsRequest request,
            CancellationToken cancellationToken = default
        )
        {
            Changes.Add($"{request.TableName} recovery");
            return Answer(new UpdateContinuousBackupsResponse());
        }

        private Task<T> Answer<T>(T answer) =>
            HasFeatures
                ? Task.FromResult(answer)
                : Task.FromException<T>(new AmazonDynamoDBException("no") { ErrorCode = "UnknownOperationException" });
    }
}
