using Amazon.SQS.Model;
using Events.DeadLetters;
using Microsoft.Extensions.Options;
using Processor.Processing;
using Processor.Settlement;
using Processor.Testing.Building;
using Processor.Testing.Outside;
using Processor.Tests.Emulated;
using ServiceDefaults;

namespace Processor.Tests.Contracts;

/// <summary>What settlement relies on in the queue of dead letters.</summary>
public abstract class DeadLetterQueueContract
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private protected abstract Task<IDeadLetterQueue> NewQueueAsync();

    private protected abstract Task<IDeadLetterQueue> NewMissingQueueAsync();

    private protected abstract Task<IReadOnlyList<(string Body, DeadLetterAttributes About)>> ReadAllAsync();

    [Fact]
    public async Task A_letter_keeps_its_body_byte_for_byte_and_all_ten_attributes()
    {
        var queue = await NewQueueAsync();
        var body = Builders.AnEvent().With("wrapupNotes", "\"Ä\" 通話 𝄞 \\ \t").Build();
        var about = new DeadLetterAttributes
        {
            Reason = "missing-member: conversationId",
            Class = FailureClass.Poison,
            Attempts = 2,
            FirstFailedAt = DateTimeOffset.UnixEpoch,
            LastFailedAt = DateTimeOffset.UnixEpoch.AddDays(1),
            EventKey = "key",
            TraceParent = "00-1-2-01",
            SentAt = DateTimeOffset.UnixEpoch.AddHours(1),
            MessageId = "message-1",
            Parent = "parent",
        };

        Assert.True(await queue.SendAsync(body, about.ToAttributes(), place: null, CancellationToken));

        Assert.Equal((body, about), Assert.Single(await ReadAllAsync()));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_takes_nothing_and_says_so()
    {
        var queue = await NewMissingQueueAsync();

        Assert.False(await queue.SendAsync("{}", new Dictionary<string, string>(), place: null, CancellationToken));
    }
}

public sealed class FakeDeadLetterQueueTests : DeadLetterQueueContract
{
    private readonly FakeDeadLetterQueue _queue = new(TimeProvider.System, new Random(1));

    private protected override Task<IDeadLetterQueue> NewQueueAsync() => Task.FromResult<IDeadLetterQueue>(_queue);

    private protected override Task<IDeadLetterQueue> NewMissingQueueAsync()
    {
        _queue.Faults.IsAway = true;
        return NewQueueAsync();
    }

    private protected override Task<IReadOnlyList<(string Body, DeadLetterAttributes About)>> ReadAllAsync() =>
        Task.FromResult<IReadOnlyList<(string, DeadLetterAttributes)>>([
            .. _queue.Letters.Select(letter => (letter.Body, letter.About)),
        ]);
}

public sealed class SqsDeadLetterQueueTests(EmulatedAws aws) : DeadLetterQueueContract, IDisposable
{
    private EmulatedPipeline? _pipeline;

    public void Dispose() => _pipeline?.Dispose();

    [Fact]
    public async Task A_letter_of_a_fifo_queue_takes_its_group_along_and_is_sent_once()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        var name = $"{_pipeline.Names.DeadLetterQueue}.fifo";
        var url = (
            await _pipeline.Sqs.CreateQueueAsync(
                new CreateQueueRequest(name) { Attributes = new() { ["FifoQueue"] = "true" } },
                TestContext.Current.CancellationToken
            )
        ).QueueUrl;
        var queue = new SqsDeadLetterQueue(
            _pipeline.Sqs,
            new QueueUrls(
                _pipeline.Sqs,
                Options.Create(new PipelineOptions { DeadLetterQueue = name }),
                TimeProvider.System
            ),
            new Ledger(_pipeline.Metrics),
            TimeProvider.System
        );
        var place = new FifoPlace("group-1", "message-1");

        Assert.True(await SendAsync(queue, place));
        Assert.True(await SendAsync(queue, place));

        var received = await _pipeline.Sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(url) { MaxNumberOfMessages = 10, MessageSystemAttributeNames = ["All"] },
            TestContext.Current.CancellationToken
        );
        Assert.Equal("group-1", Assert.Single(received.Messages!).Attributes!["MessageGroupId"]);
    }

    private static Task<bool> SendAsync(SqsDeadLetterQueue queue, FifoPlace place) =>
        queue.SendAsync("{}", new Dictionary<string, string>(), place, TestContext.Current.CancellationToken);

    private protected override async Task<IDeadLetterQueue> NewQueueAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return _pipeline.Seams(TimeProvider.System).DeadLetters;
    }

    private protected override async Task<IDeadLetterQueue> NewMissingQueueAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return new SqsDeadLetterQueue(
            _pipeline.Sqs,
            new QueueUrls(
                _pipeline.Sqs,
                Options.Create(new PipelineOptions { DeadLetterQueue = "nobody-made-it" }),
                TimeProvider.System
            ),
            new Ledger(_pipeline.Metrics),
            TimeProvider.System
        );
    }

    private protected override async Task<IReadOnlyList<(string Body, DeadLetterAttributes About)>> ReadAllAsync() =>
        [
            .. (await _pipeline!.DeadLettersAsync(TestContext.Current.CancellationToken)).Select(letter =>
                (
                    letter.Body!,
                    DeadLetterAttributes.From(
                        letter.MessageAttributes!.ToDictionary(pair => pair.Key, pair => pair.Value.StringValue!)
                    )
                )
            ),
        ];
}
