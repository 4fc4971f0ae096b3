namespace Processor.Testing.World;

/// <summary>The clock of one process: it may be off, and its timers stand still when the process does.</summary>
internal sealed class ProcessClock(TimeProvider world, TimeSpan skew, Lifeline life) : TimeProvider
{
    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + skew;

    public override long GetTimestamp() => world.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        world.CreateTimer(state => life.Pass(callback, state), state, dueTime, period);
}
