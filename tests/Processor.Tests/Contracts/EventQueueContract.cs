using Processor.Receiving;
using Processor.Testing.Building;

namespace Processor.Tests.Contracts;

/// <summary>What the pipeline relies on in its queue; SQS (as emulated) and the fake are held to it alike.</summary>
public abstract class EventQueueContract
{
    /// <summary>The shortest that SQS knows: tests on it wait for real.</summary>
    private protected static readonly TimeSpan Visibility = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongVisibility = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);
    private static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private protected abstract Task<IEventQueue> NewQueueAsync(TimeSpan visibility, TimeSpan wait);

    /// <summary>One that is not there.</summary>
    private protected abstract Task<IEventQueue> NewMissingQueueAsync();

    [Fact]
    public async Task A_message_is_received_as_it_was_sent()
    {
        var queue = await NewQueueAsync(LongVisibility, Wait);
        var body = Builders.AnEvent().With("wrapupNotes", "ein Gespräch über Ä, 通話 und 𝄞").Build();
        var attributes = new Dictionary<string, string> { ["traceparent"] = "00-1-2-01", ["deferrals"] = "3" };

        Assert.True(await queue.SendAgainAsync(body, attributes, TimeSpan.Zero, CancellationToken));
        var received = Assert.Single(await ReceiveAsync(queue));

        Assert.Equal(body, received.Body);
        Assert.Equal(attributes, received.Attributes);
        Assert.Equal(1, received.ReceiveCount);
        Assert.InRange(TimeProvider.System.GetUtcNow() - received.SentAt, TimeSpan.FromSeconds(-5), Wait);
    }

    [Fact]
    public async Task An_empty_queue_answers_with_nothing_when_the_wait_is_over()
    {
        var queue = await NewQueueAsync(LongVisibility, ShortWait);

        Assert.Empty(await ReceiveAsync(queue));
    }

    [Fact]
    public async Task No_more_is_received_than_was_asked_for()
    {
        var queue = await NewQueueAsync(LongVisibility, Wait);
        await SendAsync(queue, 5);

        Assert.Equal(3, (await ReceiveAsync(queue, max: 3)).Count);
    }

    [Fact]
    public async Task A_received_message_is_hidden_from_others()
    {
        var queue = await NewQueueAsync(LongVisibility, ShortWait);
        await SendAsync(queue, 1);
        Assert.Single(await ReceiveAsync(queue));

        Assert.Empty(await ReceiveAsync(queue));
    }

    [Fact]
    public async Task A_message_comes_back_when_its_visibility_ends_with_another_handle_and_a_higher_count()
    {
        var queue = await NewQueueAsync(Visibility, Wait);
        await SendAsync(queue, 1);
        var first = Assert.Single(await ReceiveAsync(queue));

        var second = Assert.Single(await ReceiveAsync(queue));

        Assert.Equal(first.MessageId, second.MessageId);
        Assert.NotEqual(first.ReceiptHandle, second.ReceiptHandle);
        Assert.Equal(2, second.ReceiveCount);
    }

    [Fact]
    public async Task A_deleted_message_does_not_come_back()
    {
        var queue = await NewQueueAsync(Visibility, Visibility * 2);
        await SendAsync(queue, 1);
        var received = await ReceiveAsync(queue);

        Assert.Equal([DeleteAnswer.Deleted], await queue.DeleteAsync(received, CancellationToken));

        Assert.Empty(await ReceiveAsync(queue));
    }

    [Fact]
    public async Task A_message_hidden_for_no_time_is_there_at_once()
    {
        var queue = await NewQueueAsync(LongVisibility, Wait);
        await SendAsync(queue, 1);
        var received = Assert.Single(await ReceiveAsync(queue));

        var answers = await queue.ChangeVisibilityAsync([new(received, TimeSpan.Zero)], CancellationToken);

        Assert.Equal([VisibilityAnswer.Changed], answers);
        Assert.Equal(received.MessageId, Assert.Single(await ReceiveAsync(queue)).MessageId);
    }

    [Fact]
    public async Task A_message_whose_visibility_was_extended_stays_hidden()
    {
        var queue = await NewQueueAsync(Visibility, Visibility * 2);
        await SendAsync(queue, 1);
        var received = Assert.Single(await ReceiveAsync(queue));

        var answers = await queue.ChangeVisibilityAsync([new(received, LongVisibility)], CancellationToken);

        Assert.Equal([VisibilityAnswer.Changed], answers);
        Assert.Empty(await ReceiveAsync(queue));
    }

    [Fact]
    public async Task The_visibility_of_a_deleted_message_is_lost_and_the_others_of_the_batch_are_changed()
    {
        var queue = await NewQueueAsync(LongVisibility, Wait);
        await SendAsync(queue, 3);
        var received = await ReceiveAsync(queue, max: 3);
        await queue.DeleteAsync([received[1]], CancellationToken);

        var answers = await queue.ChangeVisibilityAsync(
            [.. received.Select(message => new VisibilityChange(message, LongVisibility))],
            CancellationToken
        );

        Assert.Equal([VisibilityAnswer.Changed, VisibilityAnswer.Lost, VisibilityAnswer.Changed], answers);
    }

    [Fact]
    public async Task Ten_are_received_and_deleted_at_once()
    {
        var queue = await NewQueueAsync(LongVisibility, ShortWait);
        await SendAsync(queue, 10);
        var received = await ReceiveAsync(queue);

        Assert.Equal(10, received.Count);
        Assert.All(
            await queue.DeleteAsync(received, CancellationToken),
            answer => Assert.Equal(DeleteAnswer.Deleted, answer)
        );
        Assert.Empty(await ReceiveAsync(queue));
    }

    [Fact]
    public async Task A_copy_arrives_after_its_delay_and_not_before()
    {
        var queue = await NewQueueAsync(LongVisibility, Wait);
        var sent = TimeProvider.System.GetTimestamp();
        await queue.SendAgainAsync("{}", NoAttributes, TimeSpan.FromSeconds(2), CancellationToken);

        Assert.Single(await ReceiveAsync(queue));

        // SQS counts in whole seconds, so a little less than two may have passed.
        Assert.True(TimeProvider.System.GetElapsedTime(sent) > TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_unavailable_and_nothing_throws()
    {
        var queue = await NewMissingQueueAsync();
        var message = Builders.AMessage().Build();

        Assert.IsType<ReceiveAnswer.Unavailable>(await queue.ReceiveAsync(10, CancellationToken));
        Assert.Equal([DeleteAnswer.Unavailable], await queue.DeleteAsync([message], CancellationToken));
        Assert.Equal(
            [VisibilityAnswer.Unavailable],
            await queue.ChangeVisibilityAsync([new(message, Visibility)], CancellationToken)
        );
        Assert.False(await queue.SendAgainAsync("{}", NoAttributes, TimeSpan.Zero, CancellationToken));
    }

    [Fact]
    public async Task A_receive_whose_caller_gives_up_ends_as_cancelled()
    {
        var queue = await NewQueueAsync(LongVisibility, Wait);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.ReceiveAsync(10, impatient.Token));
    }

    private static async Task SendAsync(IEventQueue queue, int count)
    {
        for (var index = 0; index < count; index++)
        {
            Assert.True(await queue.SendAgainAsync("{}", NoAttributes, TimeSpan.Zero, CancellationToken));
        }
    }

    private static async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(IEventQueue queue, int max = 10) =>
        Assert.IsType<ReceiveAnswer.Messages>(await queue.ReceiveAsync(max, CancellationToken)).Received;
}
