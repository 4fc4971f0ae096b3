using Amazon.SQS;
using Amazon.SQS.Model;

namespace AWSSDK.SQS.Tests.Emulated;

public sealed class MessageTests(EmulatedSqs emulated)
{
    private readonly AmazonSQSClient _sqs = emulated.Client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_comes_back_with_its_body_and_its_attributes()
    {
        var queue = await emulated.NewQueueAsync();
        var sent = await _sqs.SendMessageAsync(
            new SendMessageRequest(queue, "body")
            {
                MessageAttributes = new()
                {
                    ["reason"] = new() { DataType = "String", StringValue = "poison" },
                    ["attempts"] = new() { DataType = "Number", StringValue = "3" },
                    ["digest"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([0, 1, 2, 255]) },
                },
            },
            Token
        );

        var received = await _sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(queue)
            {
                MessageAttributeNames = ["All"],
                MessageSystemAttributeNames = [MessageSystemAttributeName.All],
            },
            Token
        );

        var message = Assert.Single(received.Messages!);
        Assert.Equal((sent.MessageId, "body"), (message.MessageId, message.Body));
        Assert.Equal(sent.MD5OfMessageBody, message.MD5OfBody);
        Assert.Equal(sent.MD5OfMessageAttributes, message.MD5OfMessageAttributes);
        Assert.Equal("poison", message.MessageAttributes!["reason"].StringValue);
        Assert.Equal("3", message.MessageAttributes["attempts"].StringValue);
        Assert.Equal([0, 1, 2, 255], message.MessageAttributes["digest"].BinaryValue!.ToArray());
        Assert.Equal("1", message.Attributes![MessageSystemAttributeName.ApproximateReceiveCount]);
        Assert.True(long.TryParse(message.Attributes[MessageSystemAttributeName.SentTimestamp], out _));
    }

    [Fact]
    public async Task Attributes_that_are_not_there_are_null()
    {
        var queue = await emulated.NewQueueAsync();
        await _sqs.SendMessageAsync(queue, "body", Token);

        var received = await _sqs.ReceiveMessageAsync(queue, Token);

        var message = Assert.Single(received.Messages!);
        Assert.Null(message.MessageAttributes);
        Assert.Null(message.Attributes);
    }

    [Theory]
    [InlineData("Grüße aus Wien, 世界, مرحبا, \u2028")]
    [InlineData("{\"a\":\"\\\"quoted\\\"\",\"b\":\"back\\\\slash\"}")]
    [InlineData("tab\t, line\r\nfeed, <tag> & 'quote' + \u007f \u00a0")]
    public async Task A_body_comes_back_as_it_was(string body)
    {
        var queue = await emulated.NewQueueAsync();
        await _sqs.SendMessageAsync(queue, body, Token);

        var received = await _sqs.ReceiveMessageAsync(queue, Token);

        Assert.Equal(body, Assert.Single(received.Messages!).Body);
    }

    [Fact]
    public async Task A_body_of_the_full_size_comes_back_as_it_was()
    {
        var queue = await emulated.NewQueueAsync();
        var body = string.Concat(Enumerable.Repeat("1234567\n", 131_072));
        await _sqs.SendMessageAsync(queue, body, Token);

        var received = await _sqs.ReceiveMessageAsync(queue, Token);

        Assert.Equal(body, Assert.Single(received.Messages!).Body);
    }

    [Fact]
    public async Task An_empty_queue_gives_no_list_of_messages()
    {
        var queue = await emulated.NewQueueAsync();

        var received = await _sqs.ReceiveMessageAsync(queue, Token);

        Assert.Null(received.Messages);
    }

    [Fact]
    public async Task A_long_poll_ends_when_a_message_comes()
    {
        var queue = await emulated.NewQueueAsync();
        var polling = _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queue) { WaitTimeSeconds = 20 }, Token);

        await _sqs.SendMessageAsync(queue, "late", Token);

        Assert.Equal("late", Assert.Single((await polling).Messages!).Body);
    }

    [Fact]
    public async Task A_receive_can_be_cancelled()
    {
        var queue = await emulated.NewQueueAsync();
        using var stopping = new CancellationTokenSource();
        var polling = _sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(queue) { WaitTimeSeconds = 20 },
            stopping.Token
        );

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
    }

    [Fact]
    public async Task A_message_given_back_is_visible_at_once_under_a_new_handle()
    {
        var queue = await emulated.NewQueueAsync();
        await _sqs.SendMessageAsync(queue, "body", Token);
        var first = Assert.Single((await _sqs.ReceiveMessageAsync(queue, Token)).Messages!);

        await _sqs.ChangeMessageVisibilityAsync(queue, first.ReceiptHandle, 0, Token);

        var second = Assert.Single((await _sqs.ReceiveMessageAsync(queue, Token)).Messages!);
        Assert.Equal(first.MessageId, second.MessageId);
        Assert.NotEqual(first.ReceiptHandle, second.ReceiptHandle);
    }

    [Fact]
    public async Task A_message_that_is_deleted_is_in_flight_no_more()
    {
        var queue = await emulated.NewQueueAsync();
        await _sqs.SendMessageAsync(queue, "body", Token);
        var message = Assert.Single((await _sqs.ReceiveMessageAsync(queue, Token)).Messages!);

        await _sqs.DeleteMessageAsync(queue, message.ReceiptHandle, Token);

        await Assert.ThrowsAsync<MessageNotInflightException>(() =>
            _sqs.ChangeMessageVisibilityAsync(queue, message.ReceiptHandle, 0, Token)
        );
    }

    [Fact]
    public async Task Characters_outside_of_XML_are_refused()
    {
        var queue = await emulated.NewQueueAsync();

        await Assert.ThrowsAsync<InvalidMessageContentsException>(() =>
            _sqs.SendMessageAsync(queue, "null: \0", Token)
        );
    }
}
