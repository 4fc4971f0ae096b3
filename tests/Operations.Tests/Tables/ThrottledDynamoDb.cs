using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Operations.Tests.Tables;

/// <summary>A table that has every key, and capacity for so many of them in each answer.</summary>
internal sealed class ThrottledDynamoDb(params int[] answers)
    : AmazonDynamoDBClient(
        new AnonymousAWSCredentials(),
        new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:9" }
    )
{
    private readonly Queue<int> _answers = new(answers);

    public List<int> Asked { get; } = [];

    public override Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var (table, asked) = Assert.Single(request.RequestItems);
        Asked.Add(asked.Keys.Count);
        var given = _answers.TryDequeue(out var room) ? Math.Min(room, asked.Keys.Count) : asked.Keys.Count;
        return Task.FromResult(
            new BatchGetItemResponse
            {
                Responses = new() { [table] = asked.Keys.GetRange(0, given) },
                UnprocessedKeys =
                    given == asked.Keys.Count
                        ? []
                        : new()
                        {
                            [table] = new KeysAndAttributes
                            {
                                Keys = asked.Keys.GetRange(given, asked.Keys.Count - given),
                            },
                        },
            }
        );
    }
}
