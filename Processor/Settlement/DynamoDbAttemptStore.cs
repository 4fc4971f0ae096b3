using Amazon.DynamoDBv2;
using Events.DeadLetters;
using Processor.Processing;
using ServiceDefaults;
using ServiceDefaults.Wire;

namespace Processor.Settlement;

/// <summary>The table <c>message-attempts</c>: one item an event that ever failed, one counter a class.</summary>
internal sealed class DynamoDbAttemptStore(
    IAmazonDynamoDB dynamoDb,
    string tableName,
    SettlementOptions options,
    TimeProvider time,
    Ledger ledger
) : IAttemptStore
{
    private readonly AwsWire _wire = AwsWire.Of(dynamoDb, time);

    public async Task<AttemptAnswer> CountAsync(
        string key,
        FailureClass failureClass,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var counter = $"{failureClass.Code}Attempts";
        try
        {
            using var request = new PooledBuffer();
            CountAttemptJson.Write(request, tableName, key, counter, now, now + options.AttemptsRetention);
            using var answer = await _wire.CallPatientlyAsync(
                CountAttemptJson.Operation,
                request.Written,
                cancellationToken
            );

            var (attempts, firstFailedAt, units) = CountAttemptJson.Read(answer.Written, counter);
            ledger.DynamoDb(CountAttemptJson.Operation, tableName, units);
            return new AttemptAnswer.Counted(attempts, firstFailedAt, now);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new AttemptAnswer.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }
}
