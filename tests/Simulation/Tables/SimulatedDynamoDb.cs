using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Processor.Testing.World;

namespace Simulation.Tables;

/// <summary>One table of DynamoDB in memory, with faults, below the code that ships: one conditional write of one item at a time.</summary>
/// <param name="watch">Asked when a request is sent, for who hears of what it changes: the item before, if there was one, and after it.</param>
internal sealed class SimulatedDynamoDb(
    string keyName,
    Faults faults,
    Func<Action<Dictionary<string, AttributeValue>?, Dictionary<string, AttributeValue>>> watch
) : AmazonDynamoDBClient(Nobody, Nowhere)
{
    private static readonly AnonymousAWSCredentials Nobody = new();
    private static readonly AmazonDynamoDBConfig Nowhere = new() { ServiceURL = "http://tables.test" };

    private readonly Dictionary<string, Dictionary<string, AttributeValue>> _items = [];

    public Dictionary<string, AttributeValue>? Find(string key) => _items.GetValueOrDefault(key);

    public override async Task<UpdateItemResponse> UpdateItemAsync(
        UpdateItemRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var changed = watch();
        return (await AskAsync(nameof(UpdateItemAsync), () => Update(request, changed), cancellationToken)).Answer();
    }

    public override async Task<GetItemResponse> GetItemAsync(
        GetItemRequest request,
        CancellationToken cancellationToken = default
    ) => (await AskAsync(nameof(GetItemAsync), () => Get(request), cancellationToken)).Answer();

    private Task<Served<T>> AskAsync<T>(string operation, Func<Served<T>> serve, CancellationToken cancellationToken) =>
        Asking.AskAsync(() => ServeAsync(operation, serve), cancellationToken);

    private async Task<Served<T>> ServeAsync<T>(string operation, Func<Served<T>> serve)
    {
        var fault = await faults.ArriveAsync(operation);
        var served =
            fault == Fault.Away ? new Served<T>(default, new ProvisionedThroughputExceededException("away")) : serve();
        await faults.TravelAsync();
        if (fault != Fault.AnswerLost)
        {
            return served;
        }

        // The SDK asks once more of itself, and meets what its first try has written.
        return faults.Draw() < 0.5
            ? await ServeAsync(operation, serve)
            : new Served<T>(default, new TimeoutException("answer lost"));
    }

    private Served<UpdateItemResponse> Update(
        UpdateItemRequest request,
        Action<Dictionary<string, AttributeValue>?, Dictionary<string, AttributeValue>> changed
    )
    {
        var key = request.Key[keyName].S;
        var before = Find(key);
        if (!ItemExpression.Holds(request, before))
        {
            return new Served<UpdateItemResponse>(
                null,
                new ConditionalCheckFailedException("The conditional request failed") { Item = before ?? [] }
            );
        }

        var after = ItemExpression.Apply(request, before);
        _items[key] = after;
        changed(before, after);
        return new Served<UpdateItemResponse>(
            new UpdateItemResponse { Attributes = request.ReturnValues == ReturnValue.ALL_OLD ? before ?? [] : [] },
            null
        );
    }

    private Served<GetItemResponse> Get(GetItemRequest request) =>
        new(new GetItemResponse { Item = Find(request.Key[keyName].S) ?? [] }, null);

    /// <summary>An answer, or what the client throws instead: thrown by whoever asked, and nowhere on the way.</summary>
    private sealed record Served<T>(T? Value, Exception? Refusal)
    {
        public T Answer() => Refusal is null ? Value! : throw Refusal;
    }
}
