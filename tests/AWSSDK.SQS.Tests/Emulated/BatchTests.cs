using Amazon.SQS;
using Amazon.SQS.Model;

namespace AWSSDK.SQS.Tests.Emulated;

public sealed class BatchTests(EmulatedSqs emulated)
{
    private readonly AmazonSQSClient _sqs = emulated.Client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_messages_go_there_and_come_back_in_one_call_each()
    {
        var queue = await emulated.NewQueueAsync();

        var sent = await SendAsync(queue, 10);
        var messages = await ReceiveAsync(queue);
        var deleted = await _sqs.DeleteMessageBatchAsync(
            queue,
            [.. messages.Select((message, i) => new DeleteMessageBatchRequestEntry($"d{i}", message.ReceiptHandle))],
            Token
        );

        Assert.Equal(
            sent.Successful!.Select(entry => entry.MessageId).Order(),
            messages.Select(m => m.MessageId).Order()
        );
        Assert.Equal(10, deleted.Successful!.Count);
        Assert.Null((await _sqs.ReceiveMessageAsync(queue, Token)).Messages);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_sent_does_not_keep_the_others()
    {
        var queue = await emulated.NewQueueAsync();

        var sent = await _sqs.SendMessageBatchAsync(queue, [new("good", "body"), new("bad", "null: \0")], Token);

        Assert.Equal("good", Assert.Single(sent.Successful!).Id);
        var failure = Assert.Single(sent.Failed!);
        Assert.Equal(("bad", "InvalidMessageContents", true), (failure.Id, failure.Code, failure.SenderFault));
        Assert.Equal("body", Assert.Single(await ReceiveAsync(queue)).Body);
    }

    [Fact]
    public async Task Visibility_is_changed_entry_by_entry()
    {
        var queue = await emulated.NewQueueAsync();
        await SendAsync(queue, 2);
        var messages = await ReceiveAsync(queue);

        var changed = await _sqs.ChangeMessageVisibilityBatchAsync(
            queue,
            [
                new("back", messages[0].ReceiptHandle) { VisibilityTimeout = 0 },
                new("longer", messages[1].ReceiptHandle) { VisibilityTimeout = 600 },
                new("bad", "no handle") { VisibilityTimeout = 600 },
            ],
            Token
        );

        Assert.Equal(["back", "longer"], changed.Successful!.Select(entry => entry.Id));
        Assert.Equal("bad", Assert.Single(changed.Failed!).Id);
        Assert.Equal(messages[0].MessageId, Assert.Single(await ReceiveAsync(queue)).MessageId);
    }

    [Fact]
    public async Task A_batch_of_nothing_is_refused()
    {
        var queue = await emulated.NewQueueAsync();

        await Assert.ThrowsAsync<EmptyBatchRequestException>(() => SendAsync(queue, 0));
    }

    [Fact]
    public async Task A_batch_of_eleven_is_refused()
    {
        var queue = await emulated.NewQueueAsync();

        await Assert.ThrowsAsync<TooManyEntriesInBatchRequestException>(() => SendAsync(queue, 11));
    }

    [Fact]
    public async Task Two_entries_of_one_id_are_refused()
    {
        var queue = await emulated.NewQueueAsync();

        await Assert.ThrowsAsync<BatchEntryIdsNotDistinctException>(() =>
            _sqs.SendMessageBatchAsync(queue, [new("same", "first"), new("same", "second")], Token)
        );
    }

    [Fact]
    public async Task An_id_with_a_space_is_refused()
    {
        var queue = await emulated.NewQueueAsync();

        await Assert.ThrowsAsync<InvalidBatchEntryIdException>(() =>
            _sqs.SendMessageBatchAsync(queue, [new("an id", "body")], Token)
        );
    }

    [Fact]
    public async Task More_than_a_mebibyte_is_refused()
    {
        var queue = await emulated.NewQueueAsync();
        var half = new string('x', 524_289);

        await Assert.ThrowsAsync<BatchRequestTooLongException>(() =>
            _sqs.SendMessageBatchAsync(queue, [new("a", half), new("b", half)], Token)
        );
    }

    private Task<SendMessageBatchResponse> SendAsync(string queue, int count) =>
        _sqs.SendMessageBatchAsync(
            queue,
            [.. Enumerable.Range(0, count).Select(i => new SendMessageBatchRequestEntry($"s{i}", $"body {i}"))],
            Token
        );

    private async Task<List<Message>> ReceiveAsync(string queue)
    {
        var received = await _sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(queue) { MaxNumberOfMessages = 10 },
            Token
        );
        return received.Messages!;
    }
}
