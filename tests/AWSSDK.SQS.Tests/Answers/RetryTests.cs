using Amazon.SQS.Model;

namespace AWSSDK.SQS.Tests.Answers;

public sealed class RetryTests
{
    public static TheoryData<string, int> Passing =>
        new()
        {
            { "InternalFailure", 500 },
            { "ServiceUnavailable", 503 },
            { "RequestThrottled", 400 },
            { "ThrottlingException", 400 },
        };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_may_pass_is_tried_again(string shape, int status)
    {
        await using var service = await LoopbackSqs.StartAsync(
            Answer.Error(shape, status: status),
            Answer.Ok("""{"QueueUrl":"http://queue"}""")
        );
        using var sqs = service.CreateClient(retries: 1);

        var found = await sqs.GetQueueUrlAsync("queue", Token);

        Assert.Equal("http://queue", found.QueueUrl);
        Assert.Equal(2, service.Requests.Length);
        Assert.Equal(service.Requests[0].Body, service.Requests[1].Body);
    }

    [Fact]
    public async Task What_is_refused_is_not_tried_again()
    {
        await using var service = await LoopbackSqs.StartAsync(Answer.Error("QueueDoesNotExist"));
        using var sqs = service.CreateClient(retries: 3);

        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => sqs.GetQueueUrlAsync("queue", Token));

        Assert.Single(service.Requests);
    }
}
