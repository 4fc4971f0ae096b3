using BenchmarkDotNet.Attributes;
using Processor.Receiving;
using Processor.Recording;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.Outside;

namespace Micro;

/// <summary>Ten messages through the whole Processor, from the poller to the deletes, on a queue and a table that answer at once.</summary>
public class Batch : IDisposable
{
    private readonly TenAtATime _queue = new([
        .. Samples
            .Call("bench-conversation")
            .Take(10)
            .Select((body, index) => new ReceivedMessage($"{index}", $"{index}", body, 1, DateTimeOffset.UnixEpoch)),
    ]);

    private readonly ProcessorUnderTest _processor;

    public Batch()
    {
        var others = new FakeAws(TimeProvider.System, new Random(1), new ReceivingOptions());
        var settings = new ProcessorSettings
        {
            Receiving = new() { Slots = 20 },
            Announcing = new() { Enabled = false },
            // Nothing is remembered: the same ten are new each time.
            Recording = new() { RememberedMax = 0 },
        };
        _processor = new ProcessorUnderTest(
            new Seams(
                _queue,
                new TakesAll(),
                others.Claims.SeenBy(TimeProvider.System),
                others.Attempts,
                others.DeadLetters,
                others.Enrichment
            ),
            TimeProvider.System,
            new Random(1),
            settings
        ).Start();
    }

    [Benchmark(Description = "a batch of ten through the pipeline")]
    public Task Process() => _queue.PassAsync();

    public void Dispose()
    {
        _processor.Dispose();
        _queue.Dispose();
    }

    private sealed class TakesAll : IEventTable
    {
        public Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken) =>
            Task.FromResult<WriteAnswer>(WriteAnswer.Written.All);
    }
}
