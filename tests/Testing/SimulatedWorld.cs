namespace Testing;

/// <summary>
/// Owns the three things that make a run unrepeatable: the order of continuations, the clock, and chance. Production code runs on it
/// unchanged, so long as it neither leaves the context (<c>ConfigureAwait(false)</c>, <c>Task.Run</c>, a waiter of
/// <see cref="SemaphoreSlim"/> that has a token, a <c>ValueTask</c> turned into a <c>Task</c>) nor asks the machine for the time.
/// </summary>
public sealed class SimulatedWorld : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly SimulatedClock _clock;
    private int _thread;
    private string? _escape;

    public SimulatedWorld(int seed)
    {
        Seed = seed;
        Random = new Random(seed);
        _clock = new SimulatedClock(Start, Post);
    }

    public static DateTimeOffset Start { get; } = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);

    public int Seed { get; }

    public Random Random { get; }

    public TimeProvider Time => _clock;

    /// <summary>Simulated time since <see cref="Start"/>.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Continuations run so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The clock of a replica whose own is off.</summary>
    public TimeProvider ClockThatIsAheadBy(TimeSpan skew) => new SkewedClock(_clock, skew);

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_ready)
        {
            if (Environment.CurrentManagedThreadId != _thread)
            {
                _escape ??= Environment.StackTrace;
            }

            _ready.Add((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs until <paramref name="scenario"/> ends; one step is one continuation, chosen by the seed.</summary>
    public void Run(Func<Task> scenario, long stepsMax = 5_000_000)
    {
        var previous = Current;
        _thread = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            var running = scenario();
            while (!running.IsCompleted)
            {
                Step(stepsMax);
            }

            running.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    private void Step(long stepsMax)
    {
        if (++Steps > stepsMax)
        {
            throw new BrokenWorldException($"Seed {Seed}: no end after {stepsMax} steps.");
        }

        if (!RunOneReady() && !_clock.JumpToNextTimer())
        {
            throw new BrokenWorldException(
                $"Seed {Seed}: nothing left to run at {Time.GetUtcNow():O}: a deadlock, or code that left this world."
            );
        }

        if (_escape is not null)
        {
            throw new BrokenWorldException($"Seed {Seed}: a continuation came from another thread.\n{_escape}");
        }
    }

    private bool RunOneReady()
    {
        (SendOrPostCallback Callback, object? State) next;
        lock (_ready)
        {
            if (_ready.Count == 0)
            {
                return false;
            }

            // The last takes the place of the chosen one: the order is the seed's anyway.
            var index = Random.Next(_ready.Count);
            next = _ready[index];
            _ready[index] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }

        next.Callback(next.State);
        return true;
    }

    private sealed class SkewedClock(TimeProvider clock, TimeSpan skew) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + skew;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, dueTime, period);
    }
}
