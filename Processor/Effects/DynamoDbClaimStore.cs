using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Processor.Processing;
using ServiceDefaults;

namespace Processor.Effects;

/// <summary>The table <c>effect-claims</c>. Each write is one conditional UpdateItem; a refused one brings the item that refused it.</summary>
internal sealed class DynamoDbClaimStore(
    IAmazonDynamoDB dynamoDb,
    string tableName,
    EffectsOptions options,
    TimeProvider time,
    Ledger ledger
) : IClaimStore
{
    private const string Claimed = "claimed";
    private const string Released = "released";
    private const string Ambiguous = "ambiguous";
    private const string Completed = "completed";

    private static readonly Dictionary<string, string> Names = new() { ["#state"] = "state", ["#owner"] = "owner" };

    public async Task<ClaimAnswer> ClaimAsync(
        string key,
        string bodyHash,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        var owner = Guid.NewGuid().ToString("N");
        var now = time.GetUtcNow();
        var request = Update(
            key,
            "SET #state = :claimed, #owner = :owner, leaseUntil = :leaseUntil, bodyHash = :bodyHash, expires = :expires ADD generation :one",
            "attribute_not_exists(claim) OR #state = :released OR (#state IN (:claimed, :ambiguous) AND leaseUntil < :expired AND bodyHash = :bodyHash)",
            new()
            {
                [":claimed"] = new(Claimed),
                [":released"] = new(Released),
                [":ambiguous"] = new(Ambiguous),
                [":owner"] = new(owner),
                [":bodyHash"] = new(bodyHash),
                [":leaseUntil"] = Milliseconds(now + lease),
                [":expired"] = Milliseconds(now - options.ClockSkewMax),
                [":expires"] = Seconds(now + options.ClaimRetention),
                [":one"] = new() { N = "1" },
            }
        );
        request.ReturnValues = ReturnValue.ALL_OLD;

        try
        {
            var response = await dynamoDb.UpdateItemAsync(request, cancellationToken);
            Count("UpdateItem", response.ConsumedCapacity);

            var before = response.Attributes is { Count: > 0 } old ? ClaimItem.Read(old) : null;
            return new ClaimAnswer.Granted(
                new ClaimTicket(key, owner, (before?.Generation ?? 0) + 1),
                DoubtAfter(before)
            );
        }
        catch (ConditionalCheckFailedException refused)
        {
            Count("UpdateItem", null);
            return await ReadAsync(key, refused.Item, cancellationToken) switch
            {
                // Our own claim, made by a first try whose answer was lost. Of what stood there before, only the first generation
                // is known: nothing.
                { State: Claimed } item when item.Owner == owner => new ClaimAnswer.Granted(
                    new ClaimTicket(key, owner, item.Generation),
                    item.Generation > 1 ? Doubt.Open.Instance : Doubt.None.Instance
                ),
                { State: Completed } item => new ClaimAnswer.AlreadyCompleted(item.Result, item.BodyHash),
                { } item when item.BodyHash != bodyHash && item.LeaseUntil < now - options.ClockSkewMax =>
                    new ClaimAnswer.InDoubtForAnother(item.BodyHash),
                { } item => new ClaimAnswer.HeldByAnother(item.LeaseUntil + options.ClockSkewMax),
                // Gone or unreadable between two calls: come back when a lease would have ended.
                null => new ClaimAnswer.HeldByAnother(now + lease),
            };
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new ClaimAnswer.Unavailable(AwsFaults.ReasonOf(exception));
        }
    }

    public Task<ClaimWrite> RenewAsync(ClaimTicket ticket, TimeSpan lease, CancellationToken cancellationToken) =>
        WriteAsync(
            ticket,
            "SET leaseUntil = :leaseUntil",
            new() { [":leaseUntil"] = Milliseconds(time.GetUtcNow() + lease) },
            Claimed,
            cancellationToken
        );

    public Task<ClaimWrite> CompleteAsync(ClaimTicket ticket, string result, CancellationToken cancellationToken) =>
        WriteAsync(
            ticket,
            "SET #state = :state, #result = :result, completedAt = :now, expires = :expires REMOVE leaseUntil",
            new()
            {
                [":state"] = new(Completed),
                [":result"] = new(result),
                [":now"] = Milliseconds(time.GetUtcNow()),
                [":expires"] = Seconds(time.GetUtcNow() + options.ClaimRetention),
            },
            Completed,
            cancellationToken
        );

    public Task<ClaimWrite> ReleaseAsync(ClaimTicket ticket, CancellationToken cancellationToken) =>
        WriteAsync(
            ticket,
            "SET #state = :state REMOVE leaseUntil",
            new() { [":state"] = new(Released) },
            Released,
            cancellationToken
        );

    public Task<ClaimWrite> MarkAmbiguousAsync(
        ClaimTicket ticket,
        string reason,
        TimeSpan mayStillHappenFor,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            ticket,
            "SET #state = :state, #result = :result, leaseUntil = :until",
            new()
            {
                [":state"] = new(Ambiguous),
                [":result"] = new(reason),
                [":until"] = Milliseconds(
                    mayStillHappenFor > TimeSpan.Zero ? time.GetUtcNow() + mayStillHappenFor : DateTimeOffset.UnixEpoch
                ),
            },
            Ambiguous,
            cancellationToken
        );

    public Task<ClaimWrite> KeepDoubtAsync(
        ClaimTicket ticket,
        string reason,
        DateTimeOffset lookedAt,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            ticket,
            "SET #state = :state, #result = :result, leaseUntil = :until, lookedAt = :lookedAt, lookedIn = :generation",
            new()
            {
                [":state"] = new(Ambiguous),
                [":result"] = new(reason),
                [":until"] = Milliseconds(DateTimeOffset.UnixEpoch),
                [":lookedAt"] = Milliseconds(lookedAt),
            },
            Ambiguous,
            cancellationToken
        );

    /// <summary>A look is that of the claim it was kept with, and of none after it: whoever had that may have done it since.</summary>
    private static Doubt DoubtAfter(ClaimItem? before) =>
        before switch
        {
            { State: Ambiguous, LookedAt: { } lookedAt } when before.LookedIn == before.Generation =>
                new Doubt.LookedFor(lookedAt),
            { State: Claimed or Ambiguous } => Doubt.Open.Instance,
            _ => Doubt.None.Instance,
        };

    private async Task<ClaimWrite> WriteAsync(
        ClaimTicket ticket,
        string update,
        Dictionary<string, AttributeValue> values,
        string target,
        CancellationToken cancellationToken
    )
    {
        values[":owner"] = new AttributeValue(ticket.Owner);
        values[":generation"] = new AttributeValue { N = ticket.Generation.ToString(CultureInfo.InvariantCulture) };
        values[":claimed"] = new AttributeValue(Claimed);
        var request = Update(
            ticket.Key,
            update,
            "#owner = :owner AND generation = :generation AND #state = :claimed",
            values
        );

        try
        {
            var response = await dynamoDb.UpdateItemAsync(request, cancellationToken);
            Count("UpdateItem", response.ConsumedCapacity);
            return ClaimWrite.Done;
        }
        catch (ConditionalCheckFailedException refused)
        {
            Count("UpdateItem", null);

            // A first try whose answer was lost leaves exactly the state this one asks for.
            var item = await ReadAsync(ticket.Key, refused.Item, cancellationToken);
            return item?.Owner == ticket.Owner && item.Generation == ticket.Generation && item.State == target
                ? ClaimWrite.Done
                : ClaimWrite.Lost;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return ClaimWrite.Unavailable;
        }
    }

    /// <summary>The item that failed the condition comes with the answer; where the endpoint does not do that, it is read.</summary>
    private async Task<ClaimItem?> ReadAsync(
        string key,
        Dictionary<string, AttributeValue>? attached,
        CancellationToken cancellationToken
    )
    {
        if (attached is { Count: > 0 })
        {
            return ClaimItem.Read(attached);
        }

        try
        {
            var response = await dynamoDb.GetItemAsync(
                new GetItemRequest(tableName, new() { ["claim"] = new(key) }, consistentRead: true)
                {
                    ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
                },
                cancellationToken
            );
            Count("GetItem", response.ConsumedCapacity);
            return response.Item is { Count: > 0 } item ? ClaimItem.Read(item) : null;
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return null;
        }
    }

    private UpdateItemRequest Update(
        string key,
        string update,
        string condition,
        Dictionary<string, AttributeValue> values
    )
    {
        var names = new Dictionary<string, string>(Names);
        if (update.Contains("#result", StringComparison.Ordinal))
        {
            names["#result"] = "result";
        }

        return new UpdateItemRequest
        {
            TableName = tableName,
            Key = new() { ["claim"] = new(key) },
            UpdateExpression = update,
            ConditionExpression = condition,
            ExpressionAttributeNames = names,
            ExpressionAttributeValues = values,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
    }

    private void Count(string operation, ConsumedCapacity? consumed) =>
        ledger.DynamoDb(operation, tableName, consumed?.CapacityUnits ?? 1);

    private static AttributeValue Milliseconds(DateTimeOffset at) =>
        new() { N = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) };

    private static AttributeValue Seconds(DateTimeOffset at) =>
        new() { N = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };

    private sealed record ClaimItem(
        string State,
        string Owner,
        long Generation,
        DateTimeOffset LeaseUntil,
        DateTimeOffset? LookedAt,
        long LookedIn,
        string BodyHash,
        string Result
    )
    {
        public static ClaimItem Read(Dictionary<string, AttributeValue> item) =>
            new(
                item.GetValueOrDefault("state")?.S ?? string.Empty,
                item.GetValueOrDefault("owner")?.S ?? string.Empty,
                Number(item, "generation"),
                DateTimeOffset.FromUnixTimeMilliseconds(Number(item, "leaseUntil")),
                item.ContainsKey("lookedAt") ? DateTimeOffset.FromUnixTimeMilliseconds(Number(item, "lookedAt")) : null,
                Number(item, "lookedIn"),
                item.GetValueOrDefault("bodyHash")?.S ?? string.Empty,
                item.GetValueOrDefault("result")?.S ?? string.Empty
            );

        private static long Number(Dictionary<string, AttributeValue> item, string name) =>
            item.GetValueOrDefault(name)?.N is { } digits ? long.Parse(digits, CultureInfo.InvariantCulture) : 0;
    }
}
