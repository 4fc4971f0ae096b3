using Amazon.SQS;
using Amazon.SQS.Model;

namespace AWSSDK.SQS.Tests.Emulated;

public sealed class QueueTests(EmulatedSqs emulated)
{
    private readonly AmazonSQSClient _sqs = emulated.Client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_queue_is_found_by_its_name()
    {
        var name = emulated.NewQueueName();
        var created = await _sqs.CreateQueueAsync(name, Token);

        var found = await _sqs.GetQueueUrlAsync(name, Token);

        Assert.Equal(created.QueueUrl, found.QueueUrl);
        Assert.EndsWith($"/{name}", found.QueueUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_not_found()
    {
        var exception = await Assert.ThrowsAsync<QueueDoesNotExistException>(() =>
            _sqs.GetQueueUrlAsync("no-such-queue", Token)
        );

        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", exception.ErrorCode);
    }

    [Fact]
    public async Task Attributes_are_given_at_creation_and_changed_later()
    {
        var created = await _sqs.CreateQueueAsync(
            new CreateQueueRequest(emulated.NewQueueName())
            {
                Attributes = new() { [QueueAttributeName.VisibilityTimeout] = "60" },
                Tags = new() { ["team"] = "contact-centre" },
            },
            Token
        );

        await _sqs.SetQueueAttributesAsync(
            created.QueueUrl,
            new() { [QueueAttributeName.MessageRetentionPeriod] = "1209600" },
            Token
        );

        var attributes = await AttributesAsync(created.QueueUrl);
        Assert.Equal("60", attributes[QueueAttributeName.VisibilityTimeout]);
        Assert.Equal("1209600", attributes[QueueAttributeName.MessageRetentionPeriod]);
        Assert.Equal("0", attributes[QueueAttributeName.ApproximateNumberOfMessages]);
    }

    [Fact]
    public async Task An_attribute_with_a_value_that_cannot_be_is_refused()
    {
        var queue = await emulated.NewQueueAsync();

        await Assert.ThrowsAnyAsync<AmazonSQSException>(() =>
            _sqs.SetQueueAttributesAsync(queue, new() { [QueueAttributeName.VisibilityTimeout] = "-1" }, Token)
        );
    }

    [Fact]
    public async Task A_name_with_other_attributes_is_taken()
    {
        var name = emulated.NewQueueName();
        await _sqs.CreateQueueAsync(name, Token);

        await Assert.ThrowsAsync<QueueNameExistsException>(() =>
            _sqs.CreateQueueAsync(
                new CreateQueueRequest(name) { Attributes = new() { [QueueAttributeName.VisibilityTimeout] = "61" } },
                Token
            )
        );
    }

    [Fact]
    public async Task Queues_are_listed_by_prefix()
    {
        var prefix = $"{emulated.NewQueueName()}-listed";
        await _sqs.CreateQueueAsync($"{prefix}-a", Token);
        await _sqs.CreateQueueAsync($"{prefix}-b", Token);

        var listed = await _sqs.ListQueuesAsync(prefix, Token);

        Assert.Equal([$"{prefix}-a", $"{prefix}-b"], listed.QueueUrls!.Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_purged_queue_is_empty()
    {
        var queue = await emulated.NewQueueAsync();
        await _sqs.SendMessageAsync(queue, "body", Token);

        await _sqs.PurgeQueueAsync(queue, Token);

        Assert.Equal("0", (await AttributesAsync(queue))[QueueAttributeName.ApproximateNumberOfMessages]);
    }

    [Fact]
    public async Task A_deleted_queue_is_not_found()
    {
        var queue = await emulated.NewQueueAsync();

        await _sqs.DeleteQueueAsync(queue, Token);

        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => _sqs.SendMessageAsync(queue, "body", Token));
    }

    private async Task<Dictionary<string, string>> AttributesAsync(string queue)
    {
        var answer = await _sqs.GetQueueAttributesAsync(queue, [QueueAttributeName.All], Token);
        return answer.Attributes!;
    }
}
