namespace Testing;

/// <summary>
/// One thread, one heap of continuations and one clock that jumps to the next timer when nothing is left to run: a run is its seed.
/// Production code runs in it unchanged as long as it neither leaves the context nor asks the machine for the time. Each replica has
/// its own view of the clock, so that clocks can be apart.
/// </summary>
public sealed class SimulatedWorld(int seed) : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly PriorityQueue<Timer, (TimeSpan Due, long Order)> _timers = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;

    public static DateTimeOffset Start { get; } = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);

    public Random Random { get; } = new(seed);

    public TimeSpan Elapsed { get; private set; }

    public TimeProvider ClockThatIsAheadBy(TimeSpan skew) => new Clock(this, skew);

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException($"Seed {seed}: code left the simulated world.");
        }

        _ready.Add((d, state));
    }

    /// <summary>Runs until <paramref name="scenario"/> ends; one step is one continuation, chosen by the seed.</summary>
    public void Run(Func<Task> scenario)
    {
        var previous = Current;
        SetSynchronizationContext(this);
        try
        {
            var running = scenario();
            while (!running.IsCompleted)
            {
                if (!RunOneReady() && !AdvanceToNextTimer())
                {
                    throw new InvalidOperationException($"Seed {seed}: nothing left to run after {Elapsed}.");
                }
            }

            running.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    private bool RunOneReady()
    {
        if (_ready.Count == 0)
        {
            return false;
        }

        var index = Random.Next(_ready.Count);
        var (callback, state) = _ready[index];
        _ready.RemoveAt(index);
        callback(state);
        return true;
    }

    private bool AdvanceToNextTimer()
    {
        while (_timers.TryDequeue(out var timer, out var due))
        {
            if (timer.IsDueAt(due.Due))
            {
                Elapsed = due.Due > Elapsed ? due.Due : Elapsed;
                timer.Fire();
                return true;
            }
        }

        return false;
    }

    private sealed class Clock(SimulatedWorld world, TimeSpan skew) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Start + world.Elapsed + skew;

        public override long GetTimestamp() => world.Elapsed.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(world, () => callback(state));
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private sealed class Timer(SimulatedWorld world, Action callback) : ITimer
    {
        private TimeSpan? _due;
        private TimeSpan _period;

        public bool IsDueAt(TimeSpan due) => _due == due;

        public void Fire()
        {
            Schedule(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Schedule(dueTime);
            return true;
        }

        public void Dispose() => _due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Schedule(TimeSpan wait)
        {
            _due = wait < TimeSpan.Zero ? null : world.Elapsed + wait;
            if (_due is { } due)
            {
                world._timers.Enqueue(this, (due, world._order++));
            }
        }
    }
}
