using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults;

/// <summary>
/// The AWS clients of a process. Where they go and who they are is the SDK's own environment: <c>AWS_ENDPOINT_URL_SQS</c>,
/// <c>AWS_ENDPOINT_URL_DYNAMODB</c>, <c>AWS_REGION</c>, credentials.
/// </summary>
public static class AwsClients
{
    /// <summary>The key of the client that only polls: twenty seconds of waiting must not keep a delete from its connection.</summary>
    public const string Polling = "polling";

    /// <summary>The longest a receive may wait (SQS allows 20 s); the client's own time-out lies beyond it.</summary>
    private static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(30);

    /// <summary>All other calls answer in milliseconds or not at all.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    public static TBuilder AddAwsClients<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton<IAmazonSQS>(_ => new AmazonSQSClient(
            WithTimeout(new AmazonSQSConfig(), CallTimeout)
        ));
        builder.Services.TryAddKeyedSingleton<IAmazonSQS>(
            Polling,
            (_, _) => new AmazonSQSClient(WithTimeout(new AmazonSQSConfig(), PollTimeout, retries: 0))
        );
        builder.Services.TryAddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient(
            WithTimeout(new AmazonDynamoDBConfig(), CallTimeout)
        ));

        return builder;
    }

    /// <summary>
    /// One retry heals a connection that was closed under us; all else is the caller's decision. A poll has none: the second would be cut
    /// off by the time-out while SQS may still hand out messages to it.
    /// </summary>
    private static T WithTimeout<T>(T config, TimeSpan timeout, int retries = 1)
        where T : ClientConfig
    {
        config.Timeout = timeout;
        config.MaxErrorRetry = retries;
        config.RetryMode = RequestRetryMode.Standard;
        return config;
    }
}
