#if !USE_ASPIRE
using Amazon;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>An account in which the stack must stand already, for only the real Aspire.Hosting.AWS deploys it. Asked before anything starts.</summary>
internal static class AwsAccount
{
    private const string DefaultQueue = "genesys-events";
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(20);

    /// <exception cref="DistributedApplicationException">There is no region, no access or no stack; the message says what to do.</exception>
    public static async Task CheckAsync(IConfiguration configuration, string template)
    {
        var region =
            configuration["Aws:Region"]
            ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName
            ?? throw new DistributedApplicationException(
                "Aws:Mode=cloud needs a region: --Aws:Region=eu-central-1, the variable AWS_REGION, or a profile that has one."
            );
        var queue = configuration["Pipeline:EventsQueue"] ?? DefaultQueue;
        if (!queue.StartsWith("http", StringComparison.Ordinal) && !await ExistsAsync(queue, region))
        {
            throw new DistributedApplicationException(
                $"There is no queue {queue} in {region}. Deploy its stack first: "
                    + $"aws cloudformation deploy --stack-name genesys-pipeline --template-file {template} --region {region}"
            );
        }
    }

    private static async Task<bool> ExistsAsync(string queue, string region)
    {
        using var limit = new CancellationTokenSource(AnswersWithin, TimeProvider.System);
        try
        {
            using var sqs = new AmazonSQSClient(
                new AmazonSQSConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), MaxErrorRetry = 1 }
            );
            await sqs.GetQueueUrlAsync(new GetQueueUrlRequest(queue), limit.Token);
            return true;
        }
        catch (QueueDoesNotExistException)
        {
            return false;
        }
        catch (Exception exception)
            when (exception
                    is AmazonServiceException
                        or AmazonClientException
                        or HttpRequestException
                        or OperationCanceledException
            )
        {
            throw new DistributedApplicationException(
                $"SQS in {region} cannot be asked for the queue {queue}: {exception.Message.ReplaceLineEndings(" ")} "
                    + "Credentials are the AWS SDK's own: AWS_PROFILE, a role, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            );
        }
    }
}
#endif
