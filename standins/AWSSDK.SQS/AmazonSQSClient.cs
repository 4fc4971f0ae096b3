using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>Thread-safe; one for a process is enough, and fakes override its virtual members.</summary>
public class AmazonSQSClient : AmazonServiceClient, IAmazonSQS
{
    public AmazonSQSClient()
        : this(new AmazonSQSConfig()) { }

    public AmazonSQSClient(RegionEndpoint region)
        : this(new AmazonSQSConfig { RegionEndpoint = region }) { }

    public AmazonSQSClient(AmazonSQSConfig config)
        : base(config) { }

    public AmazonSQSClient(AWSCredentials credentials)
        : this(credentials, new AmazonSQSConfig()) { }

    public AmazonSQSClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonSQSConfig { RegionEndpoint = region }) { }

    public AmazonSQSClient(AWSCredentials credentials, AmazonSQSConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonSQSConfig()) { }

    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonSQSConfig { RegionEndpoint = region }) { }

    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonSQSConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }

    public virtual Task<CancelMessageMoveTaskResponse> CancelMessageMoveTaskAsync(
        CancelMessageMoveTaskRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<CancelMessageMoveTaskResponse>(request, Wire.CancelMessageMoveTask.Options, cancellationToken);

    public virtual Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
        string queueUrl,
        string receiptHandle,
        int? visibilityTimeout,
        CancellationToken cancellationToken = default
    ) =>
        ChangeMessageVisibilityAsync(
            new ChangeMessageVisibilityRequest
            {
                QueueUrl = queueUrl,
                ReceiptHandle = receiptHandle,
                VisibilityTimeout = visibilityTimeout,
            },
            cancellationToken
        );

    public virtual Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
        ChangeMessageVisibilityRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<ChangeMessageVisibilityResponse>(request, Wire.ChangeMessageVisibility.Options, cancellationToken);

    public virtual Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(
        string queueUrl,
        List<ChangeMessageVisibilityBatchRequestEntry> entries,
        CancellationToken cancellationToken = default
    ) =>
        ChangeMessageVisibilityBatchAsync(
            new ChangeMessageVisibilityBatchRequest { QueueUrl = queueUrl, Entries = entries },
            cancellationToken
        );

    public virtual Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(
        ChangeMessageVisibilityBatchRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<ChangeMessageVisibilityBatchResponse>(
            request,
            Wire.ChangeMessageVisibilityBatch.Options,
            cancellationToken
        );

    public virtual Task<CreateQueueResponse> CreateQueueAsync(
        string queueName,
        CancellationToken cancellationToken = default
    ) => CreateQueueAsync(new CreateQueueRequest { QueueName = queueName }, cancellationToken);

    public virtual Task<CreateQueueResponse> CreateQueueAsync(
        CreateQueueRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<CreateQueueResponse>(request, Wire.CreateQueue.Options, cancellationToken);

    public virtual Task<DeleteMessageResponse> DeleteMessageAsync(
        string queueUrl,
        string receiptHandle,
        CancellationToken cancellationToken = default
    ) =>
        DeleteMessageAsync(
            new DeleteMessageRequest { QueueUrl = queueUrl, ReceiptHandle = receiptHandle },
            cancellationToken
        );

    public virtual Task<DeleteMessageResponse> DeleteMessageAsync(
        DeleteMessageRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<DeleteMessageResponse>(request, Wire.DeleteMessage.Options, cancellationToken);

    public virtual Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(
        string queueUrl,
        List<DeleteMessageBatchRequestEntry> entries,
        CancellationToken cancellationToken = default
    ) =>
        DeleteMessageBatchAsync(
            new DeleteMessageBatchRequest { QueueUrl = queueUrl, Entries = entries },
            cancellationToken
        );

    public virtual Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(
        DeleteMessageBatchRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<DeleteMessageBatchResponse>(request, Wire.DeleteMessageBatch.Options, cancellationToken);

    public virtual Task<DeleteQueueResponse> DeleteQueueAsync(
        string queueUrl,
        CancellationToken cancellationToken = default
    ) => DeleteQueueAsync(new DeleteQueueRequest { QueueUrl = queueUrl }, cancellationToken);

    public virtual Task<DeleteQueueResponse> DeleteQueueAsync(
        DeleteQueueRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<DeleteQueueResponse>(request, Wire.DeleteQueue.Options, cancellationToken);

    public virtual Task<GetQueueAttributesResponse> GetQueueAttributesAsync(
        string queueUrl,
        List<string> attributeNames,
        CancellationToken cancellationToken = default
    ) =>
        GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = queueUrl, AttributeNames = attributeNames },
            cancellationToken
        );

    public virtual Task<GetQueueAttributesResponse> GetQueueAttributesAsync(
        GetQueueAttributesRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<GetQueueAttributesResponse>(request, Wire.GetQueueAttributes.Options, cancellationToken);

    public virtual Task<GetQueueUrlResponse> GetQueueUrlAsync(
        string queueName,
        CancellationToken cancellationToken = default
    ) => GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = queueName }, cancellationToken);

    public virtual Task<GetQueueUrlResponse> GetQueueUrlAsync(
        GetQueueUrlRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<GetQueueUrlResponse>(request, Wire.GetQueueUrl.Options, cancellationToken);

    public virtual Task<ListDeadLetterSourceQueuesResponse> ListDeadLetterSourceQueuesAsync(
        ListDeadLetterSourceQueuesRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<ListDeadLetterSourceQueuesResponse>(
            request,
            Wire.ListDeadLetterSourceQueues.Options,
            cancellationToken
        );

    public virtual Task<ListMessageMoveTasksResponse> ListMessageMoveTasksAsync(
        ListMessageMoveTasksRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<ListMessageMoveTasksResponse>(request, Wire.ListMessageMoveTasks.Options, cancellationToken);

    public virtual Task<ListQueuesResponse> ListQueuesAsync(
        string queueNamePrefix,
        CancellationToken cancellationToken = default
    ) => ListQueuesAsync(new ListQueuesRequest { QueueNamePrefix = queueNamePrefix }, cancellationToken);

    public virtual Task<ListQueuesResponse> ListQueuesAsync(
        ListQueuesRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<ListQueuesResponse>(request, Wire.ListQueues.Options, cancellationToken);

    public virtual Task<PurgeQueueResponse> PurgeQueueAsync(
        string queueUrl,
        CancellationToken cancellationToken = default
    ) => PurgeQueueAsync(new PurgeQueueRequest { QueueUrl = queueUrl }, cancellationToken);

    public virtual Task<PurgeQueueResponse> PurgeQueueAsync(
        PurgeQueueRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<PurgeQueueResponse>(request, Wire.PurgeQueue.Options, cancellationToken);

    public virtual Task<ReceiveMessageResponse> ReceiveMessageAsync(
        string queueUrl,
        CancellationToken cancellationToken = default
    ) => ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queueUrl }, cancellationToken);

    public virtual Task<ReceiveMessageResponse> ReceiveMessageAsync(
        ReceiveMessageRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<ReceiveMessageResponse>(request, Wire.ReceiveMessage.Options, cancellationToken);

    public virtual Task<SendMessageResponse> SendMessageAsync(
        string queueUrl,
        string messageBody,
        CancellationToken cancellationToken = default
    ) => SendMessageAsync(new SendMessageRequest { QueueUrl = queueUrl, MessageBody = messageBody }, cancellationToken);

    public virtual Task<SendMessageResponse> SendMessageAsync(
        SendMessageRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<SendMessageResponse>(request, Wire.SendMessage.Options, cancellationToken);

    public virtual Task<SendMessageBatchResponse> SendMessageBatchAsync(
        string queueUrl,
        List<SendMessageBatchRequestEntry> entries,
        CancellationToken cancellationToken = default
    ) =>
        SendMessageBatchAsync(
            new SendMessageBatchRequest { QueueUrl = queueUrl, Entries = entries },
            cancellationToken
        );

    public virtual Task<SendMessageBatchResponse> SendMessageBatchAsync(
        SendMessageBatchRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<SendMessageBatchResponse>(request, Wire.SendMessageBatch.Options, cancellationToken);

    public virtual Task<SetQueueAttributesResponse> SetQueueAttributesAsync(
        string queueUrl,
        Dictionary<string, string> attributes,
        CancellationToken cancellationToken = default
    ) =>
        SetQueueAttributesAsync(
            new SetQueueAttributesRequest { QueueUrl = queueUrl, Attributes = attributes },
            cancellationToken
        );

    public virtual Task<SetQueueAttributesResponse> SetQueueAttributesAsync(
        SetQueueAttributesRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<SetQueueAttributesResponse>(request, Wire.SetQueueAttributes.Options, cancellationToken);

    public virtual Task<StartMessageMoveTaskResponse> StartMessageMoveTaskAsync(
        StartMessageMoveTaskRequest request,
        CancellationToken cancellationToken = default
    ) => InvokeAsync<StartMessageMoveTaskResponse>(request, Wire.StartMessageMoveTask.Options, cancellationToken);

    protected override IServiceMetadata ServiceMetadata { get; } = new SqsServiceMetadata();

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.AddHandlerBefore<Unmarshaller>(new DigestValidator());
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new SqsEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SqsAuthSchemeHandler());
    }
}
