using System.Diagnostics.Metrics;

namespace Processor.Processing;

/// <summary>
/// What this process asks of AWS, counted as AWS bills it: SQS by request in chunks of 64 KiB, DynamoDB by capacity unit.
/// Not counted is <c>GetQueueUrl</c>, asked once for each queue that is configured by its name. A test in CI holds it to a budget, and to what
/// its clients sent.
/// </summary>
internal sealed class Ledger
{
    /// <summary>SQS bills every 64 KiB of a request's payload as one request.</summary>
    private const int ChunkBytes = 64 * 1024;

    private readonly Counter<long> _sqsRequests;
    private readonly Counter<long> _dynamoDbRequests;
    private readonly Counter<double> _dynamoDbUnits;

    public Ledger(IMeterFactory meters)
    {
        var meter = meters.Create(ProcessingMetrics.MeterName);
        _sqsRequests = meter.CreateCounter<long>(
            "genesys.sqs.requests",
            "{request}",
            "SQS requests as billed, by operation."
        );
        _dynamoDbRequests = meter.CreateCounter<long>(
            "genesys.dynamodb.requests",
            "{request}",
            "DynamoDB calls, by operation and table."
        );
        _dynamoDbUnits = meter.CreateCounter<double>(
            "genesys.dynamodb.units",
            "{unit}",
            "DynamoDB capacity units, by operation and table."
        );
    }

    /// <param name="operation">The API's name of the operation.</param>
    /// <param name="payloadBytes">Bodies and attributes that went along, either way.</param>
    public void Sqs(string operation, int payloadBytes = 0) =>
        _sqsRequests.Add(
            Math.Max(1, (payloadBytes + ChunkBytes - 1) / ChunkBytes),
            new KeyValuePair<string, object?>("operation", operation)
        );

    public void DynamoDb(string operation, string table, double units)
    {
        var byOperation = new KeyValuePair<string, object?>("operation", operation);
        var byTable = new KeyValuePair<string, object?>("table", table);
        _dynamoDbRequests.Add(1, byOperation, byTable);
        _dynamoDbUnits.Add(units, byOperation, byTable);
    }
}
