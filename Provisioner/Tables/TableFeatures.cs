using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace Provisioner.Tables;

/// <summary>Expiry and recovery of a table. Emulators may have neither; the tables work without.</summary>
internal sealed partial class TableFeatures(IAmazonDynamoDB dynamoDb, ILogger<TableFeatures> logger)
{
    private const string UnknownOperation = "UnknownOperationException";

    private readonly HashSet<string> _missing = [];

    /// <summary>What had to be switched on.</summary>
    public async Task<IReadOnlyList<string>> EnableAsync(TableDefinition wanted, CancellationToken cancellationToken)
    {
        var enabled = new List<string>();
        if (
            wanted.ExpiresAttribute is { } expires
            && await TryAsync("time to live", () => EnableExpiryAsync(wanted.Name, expires, cancellationToken))
        )
        {
            enabled.Add($"time to live by {expires}");
        }

        if (
            wanted.PointInTimeRecovery
            && await TryAsync("point-in-time recovery", () => EnableRecoveryAsync(wanted.Name, cancellationToken))
        )
        {
            enabled.Add("point-in-time recovery");
        }

        return enabled;
    }

    private async Task<bool> EnableExpiryAsync(string table, string attribute, CancellationToken cancellationToken)
    {
        var present = (await dynamoDb.DescribeTimeToLiveAsync(table, cancellationToken)).TimeToLiveDescription;
        if (present?.TimeToLiveStatus?.Value is "ENABLED" or "ENABLING" && present.AttributeName == attribute)
        {
            return false;
        }

        await dynamoDb.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest
            {
                TableName = table,
                TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = attribute, Enabled = true },
            },
            cancellationToken
        );
        return true;
    }

    private async Task<bool> EnableRecoveryAsync(string table, CancellationToken cancellationToken)
    {
        var present = await dynamoDb.DescribeContinuousBackupsAsync(
            new DescribeContinuousBackupsRequest { TableName = table },
            cancellationToken
        );
        if (
            present.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus?.Value
            is "ENABLED"
        )
        {
            return false;
        }

        await dynamoDb.UpdateContinuousBackupsAsync(
            new UpdateContinuousBackupsRequest
            {
                TableName = table,
                PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification
                {
                    PointInTimeRecoveryEnabled = true,
                },
            },
            cancellationToken
        );
        return true;
    }

    /// <summary>Asks once for what the endpoint does not have, and says so once.</summary>
    private async Task<bool> TryAsync(string feature, Func<Task<bool>> enable)
    {
        if (_missing.Contains(feature))
        {
            return false;
        }

        try
        {
            return await enable();
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode == UnknownOperation)
        {
            _missing.Add(feature);
            Log.FeatureMissing(logger, feature);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 60,
            Level = LogLevel.Information,
            Message = "This DynamoDB has no {Feature}; the tables are made without."
        )]
        public static partial void FeatureMissing(ILogger logger, string feature);
    }
}
