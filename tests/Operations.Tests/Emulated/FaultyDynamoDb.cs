using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Operations.Tests.Emulated;

/// <summary>The tables of a pipeline with the faults that a test asks for.</summary>
internal sealed class FaultyDynamoDb(EmulatedPipeline pipeline)
    : AmazonDynamoDBClient(
        new BasicAWSCredentials("test", "test"),
        new AmazonDynamoDBConfig { ServiceURL = pipeline.DynamoDbUrl.ToString(), AuthenticationRegion = "us-east-1" }
    )
{
    private int _left;

    /// <summary>The table that has no capacity for a reading of many items.</summary>
    public string? Throttled { get; set; }

    /// <summary>Readings that were not answered so far.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>What happens before an item is put: it may throw.</summary>
    public Action<PutItemRequest> BeforePut { get; set; } = _ => { };

    /// <summary>What another process does before an item is put.</summary>
    public Func<PutItemRequest, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

    public override async Task<PutItemResponse> PutItemAsync(
        PutItemRequest request,
        CancellationToken cancellationToken = default
    )
    {
        BeforePut(request);
        await Meanwhile(request);
        return await base.PutItemAsync(request, cancellationToken);
    }

    public override Task<QueryResponse> QueryAsync(
        QueryRequest request,
        CancellationToken cancellationToken = default
    ) =>
        request.TableName == Throttled
            ? Task.FromException<QueryResponse>(NoCapacity())
            : base.QueryAsync(request, cancellationToken);

    public override Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request,
        CancellationToken cancellationToken = default
    )
    {
        if (Throttled is not { } throttled || !request.RequestItems.ContainsKey(throttled))
        {
            return base.BatchGetItemAsync(request, cancellationToken);
        }

        Interlocked.Increment(ref _left);
        return Task.FromResult(
            new BatchGetItemResponse { Responses = [], UnprocessedKeys = new(request.RequestItems) }
        );
    }

    public static ProvisionedThroughputExceededException NoCapacity() => new("The table has no capacity.");
}
