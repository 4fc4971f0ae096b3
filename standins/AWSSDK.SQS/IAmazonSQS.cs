using Amazon.Runtime;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>The calls of SQS that this repository makes; the real interface has more of them.</summary>
public interface IAmazonSQS : IAmazonService, IDisposable
{
    Task<CancelMessageMoveTaskResponse> CancelMessageMoveTaskAsync(
        CancelMessageMoveTaskRequest request,
        CancellationToken cancellationToken = default
    );

    Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
        string queueUrl,
        string receiptHandle,
        int? visibilityTimeout,
        CancellationToken cancellationToken = default
    );

    Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
        ChangeMessageVisibilityRequest request,
        CancellationToken cancellationToken = default
    );

    Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(
        string queueUrl,
        List<ChangeMessageVisibilityBatchRequestEntry> entries,
        CancellationToken cancellationToken = default
    );

    Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(
        ChangeMessageVisibilityBatchRequest request,
        CancellationToken cancellationToken = default
    );

    Task<CreateQueueResponse> CreateQueueAsync(string queueName, CancellationToken cancellationToken = default);

    Task<CreateQueueResponse> CreateQueueAsync(
        CreateQueueRequest request,
        CancellationToken cancellationToken = default
    );

    Task<DeleteMessageResponse> DeleteMessageAsync(
        string queueUrl,
        string receiptHandle,
        CancellationToken cancellationToken = default
    );

    Task<DeleteMessageResponse> DeleteMessageAsync(
        DeleteMessageRequest request,
        CancellationToken cancellationToken = default
    );

    Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(
        string queueUrl,
        List<DeleteMessageBatchRequestEntry> entries,
        CancellationToken cancellationToken = default
    );

    Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(
        DeleteMessageBatchRequest request,
        CancellationToken cancellationToken = default
    );

    Task<DeleteQueueResponse> DeleteQueueAsync(string queueUrl, CancellationToken cancellationToken = default);

    Task<DeleteQueueResponse> DeleteQueueAsync(
        DeleteQueueRequest request,
        CancellationToken cancellationToken = default
    );

    Task<GetQueueAttributesResponse> GetQueueAttributesAsync(
        string queueUrl,
        List<string> attributeNames,
        CancellationToken cancellationToken = default
    );

    Task<GetQueueAttributesResponse> GetQueueAttributesAsync(
        GetQueueAttributesRequest request,
        CancellationToken cancellationToken = default
    );

    Task<GetQueueUrlResponse> GetQueueUrlAsync(string queueName, CancellationToken cancellationToken = default);

    Task<GetQueueUrlResponse> GetQueueUrlAsync(
        GetQueueUrlRequest request,
        CancellationToken cancellationToken = default
    );

    Task<ListDeadLetterSourceQueuesResponse> ListDeadLetterSourceQueuesAsync(
        ListDeadLetterSourceQueuesRequest request,
        CancellationToken cancellationToken = default
    );

    Task<ListMessageMoveTasksResponse> ListMessageMoveTasksAsync(
        ListMessageMoveTasksRequest request,
        CancellationToken cancellationToken = default
    );

    Task<ListQueuesResponse> ListQueuesAsync(string queueNamePrefix, CancellationToken cancellationToken = default);

    Task<ListQueuesResponse> ListQueuesAsync(ListQueuesRequest request, CancellationToken cancellationToken = default);

    Task<PurgeQueueResponse> PurgeQueueAsync(string queueUrl, CancellationToken cancellationToken = default);

    Task<PurgeQueueResponse> PurgeQueueAsync(PurgeQueueRequest request, CancellationToken cancellationToken = default);

    Task<ReceiveMessageResponse> ReceiveMessageAsync(string queueUrl, CancellationToken cancellationToken = default);

    Task<ReceiveMessageResponse> ReceiveMessageAsync(
        ReceiveMessageRequest request,
        CancellationToken cancellationToken = default
    );

    Task<SendMessageResponse> SendMessageAsync(
        string queueUrl,
        string messageBody,
        CancellationToken cancellationToken = default
    );

    Task<SendMessageResponse> SendMessageAsync(
        SendMessageRequest request,
        CancellationToken cancellationToken = default
    );

    Task<SendMessageBatchResponse> SendMessageBatchAsync(
        string queueUrl,
        List<SendMessageBatchRequestEntry> entries,
        CancellationToken cancellationToken = default
    );

    Task<SendMessageBatchResponse> SendMessageBatchAsync(
        SendMessageBatchRequest request,
        CancellationToken cancellationToken = default
    );

    Task<SetQueueAttributesResponse> SetQueueAttributesAsync(
        string queueUrl,
        Dictionary<string, string> attributes,
        CancellationToken cancellationToken = default
    );

    Task<SetQueueAttributesResponse> SetQueueAttributesAsync(
        SetQueueAttributesRequest request,
        CancellationToken cancellationToken = default
    );

    Task<StartMessageMoveTaskResponse> StartMessageMoveTaskAsync(
        StartMessageMoveTaskRequest request,
        CancellationToken cancellationToken = default
    );

    // Bodies of the interface's own for the static members let it be a type argument, as in AddSingleton<IAmazonSQS>().
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSQSConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(
        AWSCredentials awsCredentials,
        ClientConfig clientConfig
    )
    {
        if (clientConfig is not AmazonSQSConfig config)
        {
            throw new AmazonClientException("ClientConfig is not of type AmazonSQSConfig to create AmazonSQSClient");
        }

        return awsCredentials is null ? new AmazonSQSClient(config) : new AmazonSQSClient(awsCredentials, config);
    }
}
