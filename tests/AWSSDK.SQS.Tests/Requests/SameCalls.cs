using Amazon.SQS;
using Amazon.SQS.Model;

namespace AWSSDK.SQS.Tests.Requests;

/// <summary>By the name of a recorded call, the same call by our client.</summary>
internal static class SameCalls
{
    private const string Queue = "http://sqs.us-east-1.localhost/000000000000/genesys-events";
    private const string Arn = "arn:aws:sqs:us-east-1:000000000000:genesys-events";

    internal static IReadOnlyDictionary<string, Func<IAmazonSQS, CancellationToken, Task>> ByName { get; } =
        new Dictionary<string, Func<IAmazonSQS, CancellationToken, Task>>
        {
            ["CancelMessageMoveTask"] = (sqs, token) =>
                sqs.CancelMessageMoveTaskAsync(new() { TaskHandle = "handle-of-a-task" }, token),
            ["ChangeMessageVisibility"] = (sqs, token) =>
                sqs.ChangeMessageVisibilityAsync(Queue, "handle+/=", 0, token),
            ["ChangeMessageVisibilityBatch"] = (sqs, token) =>
                sqs.ChangeMessageVisibilityBatchAsync(
                    Queue,
                    [new("a", "handle-a") { VisibilityTimeout = 60 }, new("b", "handle-b")],
                    token
                ),
            ["CreateQueue"] = (sqs, token) =>
                sqs.CreateQueueAsync(
                    new CreateQueueRequest("genesys-events")
                    {
                        Attributes = new()
                        {
                            [QueueAttributeName.MessageRetentionPeriod] = "345600",
                            [QueueAttributeName.RedrivePolicy] =
                                $$"""{"deadLetterTargetArn":"{{Arn}}-dlq","maxReceiveCount":20}""",
                        },
                        Tags = new() { ["team"] = "contact-centre" },
                    },
                    token
                ),
            ["CreateQueueByNameAlone"] = (sqs, token) => sqs.CreateQueueAsync("genesys-events", token),
            ["DeleteMessage"] = (sqs, token) => sqs.DeleteMessageAsync(Queue, "handle+/=", token),
            ["DeleteMessageBatch"] = (sqs, token) =>
                sqs.DeleteMessageBatchAsync(Queue, [new("a", "handle-a"), new("b", "handle-b")], token),
            ["DeleteQueue"] = (sqs, token) => sqs.DeleteQueueAsync(Queue, token),
            ["GetQueueAttributes"] = (sqs, token) =>
                sqs.GetQueueAttributesAsync(Queue, [QueueAttributeName.All], token),
            ["GetQueueUrl"] = (sqs, token) =>
                sqs.GetQueueUrlAsync(
                    new GetQueueUrlRequest("genesys-events") { QueueOwnerAWSAccountId = "000000000000" },
                    token
                ),
            ["ListAllQueues"] = (sqs, token) => sqs.ListQueuesAsync(new ListQueuesRequest(), token),
            ["ListDeadLetterSourceQueues"] = (sqs, token) =>
                sqs.ListDeadLetterSourceQueuesAsync(
                    new()
                    {
                        QueueUrl = Queue,
                        MaxResults = 2,
                        NextToken = "next",
                    },
                    token
                ),
            ["ListMessageMoveTasks"] = (sqs, token) =>
                sqs.ListMessageMoveTasksAsync(new() { SourceArn = Arn, MaxResults = 10 }, token),
            ["ListQueues"] = (sqs, token) =>
                sqs.ListQueuesAsync(new ListQueuesRequest("genesys-") { MaxResults = 2, NextToken = "next" }, token),
            ["PurgeQueue"] = (sqs, token) => sqs.PurgeQueueAsync(Queue, token),
            ["ReceiveMessage"] = (sqs, token) =>
                sqs.ReceiveMessageAsync(
                    new ReceiveMessageRequest(Queue)
                    {
                        MaxNumberOfMessages = 10,
                        WaitTimeSeconds = 20,
                        VisibilityTimeout = 60,
                        MessageSystemAttributeNames =
                        [
                            MessageSystemAttributeName.ApproximateReceiveCount,
                            MessageSystemAttributeName.SentTimestamp,
                        ],
                        MessageAttributeNames = ["All"],
                        ReceiveRequestAttemptId = "attempt-1",
                    },
                    token
                ),
            ["ReceiveMessageByUrlAlone"] = (sqs, token) => sqs.ReceiveMessageAsync(Queue, token),
            ["SendMessage"] = (sqs, token) =>
                sqs.SendMessageAsync(
                    new SendMessageRequest(
                        Queue,
                        "{\"id\":\"e-1\",\"text\":\"Grüße, 世界 🙂 <&> \\\"quoted\\\"\\n\\tend\"}"
                    )
                    {
                        DelaySeconds = 5,
                        MessageAttributes = new()
                        {
                            ["traceparent"] = new()
                            {
                                DataType = "String",
                                StringValue = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                            },
                            ["attempts"] = new() { DataType = "Number.int", StringValue = "3" },
                            ["digest"] = new()
                            {
                                DataType = "Binary",
                                BinaryValue = new MemoryStream("raw"u8.ToArray()),
                            },
                        },
                        MessageSystemAttributes = new()
                        {
                            ["AWSTraceHeader"] = new()
                            {
                                DataType = "String",
                                StringValue = "Root=1-5759e988-bd862e3fe1be46a994272793",
                            },
                        },
                    },
                    token
                ),
            ["SendMessageBatch"] = (sqs, token) =>
                sqs.SendMessageBatchAsync(
                    Queue,
                    [
                        new("a", "first"),
                        new("b", "zweite, größer")
                        {
                            DelaySeconds = 900,
                            MessageAttributes = new()
                            {
                                ["reason"] = new() { DataType = "String", StringValue = "poison" },
                            },
                        },
                    ],
                    token
                ),
            ["SendMessageToFifoQueue"] = (sqs, token) =>
                sqs.SendMessageAsync(
                    new SendMessageRequest($"{Queue}.fifo", "body")
                    {
                        MessageGroupId = "conversation-1",
                        MessageDeduplicationId = "e-1",
                    },
                    token
                ),
            ["SetQueueAttributes"] = (sqs, token) =>
                sqs.SetQueueAttributesAsync(
                    Queue,
                    new()
                    {
                        [QueueAttributeName.VisibilityTimeout] = "60",
                        [QueueAttributeName.RedriveAllowPolicy] = """{"redrivePermission":"allowAll"}""",
                    },
                    token
                ),
            ["StartMessageMoveTask"] = (sqs, token) =>
                sqs.StartMessageMoveTaskAsync(
                    new()
                    {
                        SourceArn = $"{Arn}-dlq",
                        DestinationArn = Arn,
                        MaxNumberOfMessagesPerSecond = 50,
                    },
                    token
                ),
        };
}
