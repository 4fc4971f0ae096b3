namespace Processor.Testing.Outside;

/// <summary>The receives that wait for a message, and one alarm for all of them. Whoever has the queue's lock may call it.</summary>
/// <param name="alarm">Called when the next message can be seen.</param>
internal sealed class LongPolls(TimeProvider time, Action alarm)
{
    private readonly List<TaskCompletionSource> _waiting = [];
    private ITimer? _timer;
    private DateTimeOffset _alarmAt = DateTimeOffset.MaxValue;

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(TaskCompletionSource poll) => _waiting.Add(poll);

    public void Remove(TaskCompletionSource poll) => _waiting.Remove(poll);

    /// <param name="drawn">Which of them, from zero to one.</param>
    public TaskCompletionSource Take(double drawn)
    {
        var index = (int)(drawn * _waiting.Count);
        var poll = _waiting[index];
        _waiting.RemoveAt(index);
        return poll;
    }

    public void SetAlarm(DateTimeOffset now, DateTimeOffset next)
    {
        if (next < _alarmAt || _alarmAt <= now)
        {
            _alarmAt = next;
            _timer ??= time.CreateTimer(_ => alarm(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(
                next == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : InWholeMilliseconds(next - now),
                Timeout.InfiniteTimeSpan
            );
        }
    }

    /// <summary>Timers cut what is less than a millisecond, and the simulated clock would never get there.</summary>
    public static TimeSpan InWholeMilliseconds(TimeSpan wait) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
