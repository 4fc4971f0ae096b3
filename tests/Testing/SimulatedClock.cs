namespace Testing;

/// <summary>A clock that stands still while anything can run and then jumps to the next timer, so that an hour of waiting takes no time.</summary>
/// <param name="start">Where it stands at first.</param>
/// <param name="post">Takes what a timer that fell due wants to run.</param>
internal sealed class SimulatedClock(DateTimeOffset start, Action<SendOrPostCallback, object?> post) : TimeProvider
{
    private static readonly SendOrPostCallback Run = static fired => ((Fired)fired!).Run();

    private readonly PriorityQueue<(Timer Timer, int Version), Due> _timers = new();
    private readonly long _start = start.Ticks;
    private long _elapsed;
    private long _sequence;

    /// <summary>How far it has come.</summary>
    public TimeSpan Elapsed => new(_elapsed);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(_start + _elapsed, TimeSpan.Zero);

    public override long GetTimestamp() => _start + _elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Fires all timers of the next moment at which there is one; false when none is set.</summary>
    public bool JumpToNextTimer()
    {
        var hasFired = false;
        while (_timers.TryPeek(out var next, out var due) && (!hasFired || due.At <= _elapsed))
        {
            _timers.Dequeue();
            if (next.Timer.Version == next.Version)
            {
                _elapsed = Math.Max(_elapsed, due.At);
                hasFired = true;
                post(Run, next.Timer.Fire());
            }
        }

        return hasFired;
    }

    /// <summary>First by time, then as they were set.</summary>
    private readonly record struct Due(long At, long Sequence) : IComparable<Due>
    {
        public int CompareTo(Due other) => At == other.At ? Sequence.CompareTo(other.Sequence) : At.CompareTo(other.At);
    }

    /// <summary>It is to run, unless the timer is changed or disposed of before it does.</summary>
    private sealed class Fired(Timer timer, int version)
    {
        public void Run()
        {
            if (timer.Version == version)
            {
                timer.Call();
            }
        }
    }

    private sealed class Timer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Grows with each change: what stands in the queue under an older one no longer counts.</summary>
        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Schedule(dueTime);
            return true;
        }

        public Fired Fire()
        {
            Schedule(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
            return new Fired(this, Version);
        }

        public void Call() => callback(state);

        public void Dispose() => Version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Schedule(TimeSpan dueTime)
        {
            Version++;
            if (dueTime >= TimeSpan.Zero)
            {
                clock._timers.Enqueue((this, Version), new Due(clock._elapsed + dueTime.Ticks, clock._sequence++));
            }
        }
    }
}
