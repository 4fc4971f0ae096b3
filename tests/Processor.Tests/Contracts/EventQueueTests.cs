using Microsoft.Extensions.Options;
using Processor.Processing;
using Processor.Receiving;
using Processor.Testing.Outside;
using Processor.Tests.Emulated;
using ServiceDefaults;

namespace Processor.Tests.Contracts;

public sealed class FakeEventQueueTests : EventQueueContract
{
    private protected override Task<IEventQueue> NewQueueAsync(TimeSpan visibility, TimeSpan wait) =>
        Task.FromResult<IEventQueue>(NewQueue(visibility, wait));

    private protected override Task<IEventQueue> NewMissingQueueAsync()
    {
        var queue = NewQueue(Visibility, TimeSpan.Zero);
        queue.Faults.IsAway = true;
        return Task.FromResult<IEventQueue>(queue);
    }

    private static FakeEventQueue NewQueue(TimeSpan visibility, TimeSpan wait) =>
        new(TimeProvider.System, new Random(1)) { VisibilityTimeout = visibility, WaitTime = wait };
}

public sealed class SqsEventQueueTests(EmulatedAws aws) : EventQueueContract, IDisposable
{
    private EmulatedPipeline? _pipeline;

    public void Dispose() => _pipeline?.Dispose();

    private protected override async Task<IEventQueue> NewQueueAsync(TimeSpan visibility, TimeSpan wait)
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return _pipeline
            .Seams(TimeProvider.System, new ReceivingOptions { VisibilityTimeout = visibility, WaitTime = wait })
            .Queue;
    }

    private protected override async Task<IEventQueue> NewMissingQueueAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return new SqsEventQueue(
            _pipeline.Sqs,
            _pipeline.Sqs,
            new QueueUrls(
                _pipeline.Sqs,
                Options.Create(new PipelineOptions { EventsQueue = "nobody-made-it" }),
                TimeProvider.System
            ).OfEventsAsync,
            TimeSpan.FromSeconds(1),
            Visibility,
            new Ledger(_pipeline.Metrics),
            TimeProvider.System
        );
    }
}
