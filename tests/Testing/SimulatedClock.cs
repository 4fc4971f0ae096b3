namespace Testing;

/// <summary>A clock that stands still while anything can run and then jumps to the next timer, so that an hour of waiting takes no time.</summary>
/// <param name="start">Where it stands at first.</param>
/// <param name="run">Takes what a timer that fell due wants to run.</param>
internal sealed class SimulatedClock(DateTimeOffset start, Action<Action> run) : TimeProvider
{
    private readonly PriorityQueue<(Timer Timer, int Version), (DateTimeOffset Due, long Sequence)> _timers = new();
    private DateTimeOffset _now = start;
    private long _sequence;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Fires all timers of the next moment at which there is one; false when none is set.</summary>
    public bool JumpToNextTimer()
    {
        var fired = false;
        while (_timers.TryPeek(out var next, out var order) && (!fired || order.Due <= _now))
        {
            _timers.Dequeue();
            if (next.Timer.Version == next.Version)
            {
                _now = order.Due > _now ? order.Due : _now;
                fired = true;
                run(next.Timer.Fire());
            }
        }

        return fired;
    }

    private sealed class Timer(SimulatedClock clock, Action callback) : ITimer
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

        /// <returns>What is to run, unless the timer is changed or disposed of before it does.</returns>
        public Action Fire()
        {
            Schedule(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
            var fired = Version;
            return () =>
            {
                if (Version == fired)
                {
                    callback();
                }
            };
        }

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
                clock._timers.Enqueue((this, Version), (clock._now + dueTime, clock._sequence++));
            }
        }
    }
}
