using Amazon.Runtime;
using Amazon.SQS;

namespace AWSSDK.SQS.Tests.Answers;

/// <summary>What the emulator cannot answer, or answers otherwise than AWS does.</summary>
public sealed class ResponseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collections_that_are_not_in_the_answer_are_null()
    {
        Assert.Null((await AskAsync("{}", sqs => sqs.ReceiveMessageAsync("http://queue", Token))).Messages);
        Assert.Null((await AskAsync("{}", sqs => sqs.ListQueuesAsync("", Token))).QueueUrls);
        Assert.Null((await AskAsync("{}", sqs => sqs.GetQueueAttributesAsync("http://queue", [], Token))).Attributes);
        var batch = await AskAsync("{}", sqs => sqs.DeleteMessageBatchAsync("http://queue", [], Token));
        Assert.Null(batch.Successful);
        Assert.Null(batch.Failed);
    }

    [Fact]
    public async Task A_collection_that_is_null_in_the_answer_is_null_and_an_empty_one_is_empty()
    {
        var batch = await AskAsync(
            """{"Successful":null,"Failed":[]}""",
            sqs => sqs.DeleteMessageBatchAsync("http://queue", [], Token)
        );

        Assert.Null(batch.Successful);
        Assert.Empty(batch.Failed!);
    }

    [Fact]
    public async Task What_is_new_in_an_answer_is_skipped()
    {
        var found = await AskAsync(
            """{"New":{"a":[1,{"b":null}],"QueueUrl":"no"},"Newer":true,"QueueUrl":"http://queue","Newest":[[]]}""",
            sqs => sqs.GetQueueUrlAsync("queue", Token)
        );

        Assert.Equal("http://queue", found.QueueUrl);
    }

    [Fact]
    public async Task An_answer_without_a_body_says_nothing()
    {
        var received = await AskAsync("", sqs => sqs.ReceiveMessageAsync("http://queue", Token));

        Assert.Null(received.Messages);
    }

    [Fact]
    public async Task Characters_beyond_the_basic_plane_are_read_however_they_are_written()
    {
        var received = await AskAsync(
            """
            {"Messages":[{"MessageId":"m-1","ReceiptHandle":"r-1","Body":"🙂 \ud83d\ude42","MD5OfBody":"913d598a6ed7deb0f410009856f06dee"}]}
            """,
            sqs => sqs.ReceiveMessageAsync("http://queue", Token)
        );

        Assert.Equal("🙂 🙂", Assert.Single(received.Messages!).Body);
    }

    [Fact]
    public async Task Every_answer_has_the_id_of_its_request()
    {
        var deleted = await AskAsync("{}", sqs => sqs.DeleteMessageAsync("http://queue", "handle", Token));

        Assert.Equal("11111111-2222-3333-4444-555555555555", deleted.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task Dead_letter_sources_come_page_by_page()
    {
        var sources = await AskAsync(
            """{"queueUrls":["http://a","http://b"],"NextToken":"next"}""",
            sqs => sqs.ListDeadLetterSourceQueuesAsync(new() { QueueUrl = "http://dlq" }, Token)
        );

        Assert.Equal(["http://a", "http://b"], sources.QueueUrls!);
        Assert.Equal("next", sources.NextToken);
    }

    [Fact]
    public async Task A_move_task_is_started_followed_and_cancelled()
    {
        var started = await AskAsync(
            """{"TaskHandle":"task-1"}""",
            sqs => sqs.StartMessageMoveTaskAsync(new() { SourceArn = "arn" }, Token)
        );
        var listed = await AskAsync(
            """
            {"Results":[
              {"TaskHandle":"task-1","Status":"RUNNING","SourceArn":"arn","MaxNumberOfMessagesPerSecond":50,
               "ApproximateNumberOfMessagesMoved":7,"ApproximateNumberOfMessagesToMove":9000000000,"StartedTimestamp":1774000000000},
              {"Status":"FAILED","SourceArn":"arn","DestinationArn":"other","ApproximateNumberOfMessagesMoved":0,
               "FailureReason":"AccessDenied","StartedTimestamp":1773000000000}]}
            """,
            sqs => sqs.ListMessageMoveTasksAsync(new() { SourceArn = "arn" }, Token)
        );
        var cancelled = await AskAsync(
            """{"ApproximateNumberOfMessagesMoved":8}""",
            sqs => sqs.CancelMessageMoveTaskAsync(new() { TaskHandle = "task-1" }, Token)
        );

        Assert.Equal("task-1", started.TaskHandle);
        var running = listed.Results![0];
        Assert.Equal(
            ("RUNNING", 50, 7L, 9_000_000_000L),
            (
                running.Status,
                running.MaxNumberOfMessagesPerSecond,
                running.ApproximateNumberOfMessagesMoved,
                running.ApproximateNumberOfMessagesToMove
            )
        );
        var failed = listed.Results[1];
        Assert.Null(failed.TaskHandle);
        Assert.Null(failed.MaxNumberOfMessagesPerSecond);
        Assert.Equal(("AccessDenied", 1_773_000_000_000L), (failed.FailureReason, failed.StartedTimestamp));
        Assert.Equal(8, cancelled.ApproximateNumberOfMessagesMoved);
    }

    private static async Task<T> AskAsync<T>(string answer, Func<IAmazonSQS, Task<T>> callAsync)
        where T : AmazonWebServiceResponse
    {
        await using var service = await LoopbackSqs.StartAsync(Answer.Ok(answer));
        using var sqs = service.CreateClient();
        return await callAsync(sqs);
    }
}
