using Processor.Effects;
using Processor.Receiving;
using Processor.Testing.World;
using Testing;

namespace Processor.Testing.Outside;

/// <summary>All that replicas share: the queues and tables, in memory, on one clock.</summary>
internal sealed class FakeAws
{
    private static readonly TimeSpan LookFirst = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LookAtLeast = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;

    public FakeAws(SimulatedWorld world, ReceivingOptions? receiving = null)
        : this(world.Time, world.Random, receiving ?? new ReceivingOptions()) { }

    public FakeAws(TimeProvider time, Random random, ReceivingOptions receiving)
    {
        (_time, Random) = (time, random);
        Queue = new FakeEventQueue(time, random)
        {
            WaitTime = receiving.WaitTime,
            VisibilityTimeout = receiving.VisibilityTimeout,
        };
        Table = new FakeEventTable(time, random);
        Claims = new FakeClaimStore(time, random, new EffectsOptions().ClockSkewMax);
        Attempts = new FakeAttemptStore(time, random);
        DeadLetters = new FakeDeadLetterQueue(time, random);
        Enrichment = new FakeEnrichmentRequests(time, random);
    }

    public TimeProvider Time => _time;

    public Random Random { get; }

    public FakeEventQueue Queue { get; init; }

    public FakeEventTable Table { get; }

    public FakeClaimStore Claims { get; }

    public FakeAttemptStore Attempts { get; }

    public FakeDeadLetterQueue DeadLetters { get; }

    public FakeEnrichmentRequests Enrichment { get; }

    public IEnumerable<Faults> AllFaults =>
        [Queue.Faults, Table.Faults, Claims.Faults, Attempts.Faults, DeadLetters.Faults, Enrichment.Faults];

    /// <summary>What one process sees of it.</summary>
    public Seams ConnectedBy(Lifeline life, TimeProvider clock) =>
        new(
            new QueueConnection(Queue, life),
            new TableConnection(Table, life),
            new ClaimsConnection(Claims.SeenBy(clock), life),
            new AttemptsConnection(Attempts, life),
            new DeadLettersConnection(DeadLetters, life),
            new EnrichmentConnection(Enrichment, life)
        );

    /// <summary>Waits until the queue holds nothing, hidden or not.</summary>
    public Task UntilEmptyAsync(TimeSpan within) => UntilAsync(() => Queue.IsEmpty, "an empty queue", within);

    /// <summary>Waits for something to become true, by the simulated clock.</summary>
    public async Task UntilAsync(Func<bool> condition, string what, TimeSpan within)
    {
        var deadline = _time.GetUtcNow() + within;
        var pause = LookFirst;
        while (!condition())
        {
            if (_time.GetUtcNow() > deadline)
            {
                throw new InvalidOperationException($"After {within} there was still no {what}.");
            }

            await Task.Delay(pause, _time, CancellationToken.None);
            pause = pause * 1.01 < LookAtLeast ? pause * 1.01 : LookAtLeast;
        }
    }
}
