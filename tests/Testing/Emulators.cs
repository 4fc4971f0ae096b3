using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;

namespace Testing;

/// <summary>
/// SQS and DynamoDB on free loopback ports, the same programs embedded mode starts. They end with this object, or with the
/// process that made it, however that ends.
/// </summary>
public sealed class Emulators : IAsyncDisposable
{
    private readonly NodeProgram _sqs;
    private readonly NodeProgram _dynamoDb;

    private Emulators(NodeProgram sqs, NodeProgram dynamoDb) => (_sqs, _dynamoDb) = (sqs, dynamoDb);

    public Uri SqsUrl => _sqs.Url;

    public Uri DynamoDbUrl => _dynamoDb.Url;

    /// <summary>What a process needs in its environment to use these emulators.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL_SQS"] = SqsUrl.ToString(),
            ["AWS_ENDPOINT_URL_DYNAMODB"] = DynamoDbUrl.ToString(),
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
        };

    public static async Task<Emulators> StartAsync(CancellationToken cancellationToken)
    {
        var sqs = NodeProgram.StartAsync("sqs.mjs", cancellationToken);
        var dynamoDb = NodeProgram.StartAsync("dynamodb.mjs", cancellationToken);
        return new Emulators(await sqs, await dynamoDb);
    }

    /// <param name="http">What the client's requests go through, where somebody wants to see them.</param>
    public AmazonSQSClient CreateSqsClient(HttpClientFactory? http = null) =>
        new(
            new AmazonSQSConfig
            {
                ServiceURL = SqsUrl.ToString(),
                AuthenticationRegion = "us-east-1",
                DefaultAWSCredentials = new BasicAWSCredentials("test", "test"),
                HttpClientFactory = http,
            }
        );

    /// <inheritdoc cref="CreateSqsClient"/>
    public AmazonDynamoDBClient CreateDynamoDbClient(HttpClientFactory? http = null) =>
        new(
            new AmazonDynamoDBConfig
            {
                ServiceURL = DynamoDbUrl.ToString(),
                AuthenticationRegion = "us-east-1",
                DefaultAWSCredentials = new BasicAWSCredentials("test", "test"),
                HttpClientFactory = http,
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _sqs.DisposeAsync();
        await _dynamoDb.DisposeAsync();
    }
}
