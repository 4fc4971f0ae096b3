namespace Ingestor.Sending;

/// <summary>
/// How many requests are in the house, and how many there were at most a moment ago. A batch waits for more events only while
/// somebody is about who might bring them: a lone sender never waits, and of a hundred nobody waits long.
/// </summary>
internal sealed class Crowd(TimeProvider time)
{
    // Long enough to span the turn-around of a sender that was just answered; a crowd that left is forgotten in two of these.
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private long _windowStart = time.GetTimestamp();
    private int _inside;
    private int _peak;
    private int _peakBefore;

    /// <summary>The most requests at once, in this window and the one before.</summary>
    public int Expected
    {
        get
        {
            lock (_gate)
            {
                TurnWindow_NeedsLock();
                return Math.Max(_peak, _peakBefore);
            }
        }
    }

    public void Enter()
    {
        lock (_gate)
        {
            TurnWindow_NeedsLock();
            _inside++;
            _peak = Math.Max(_peak, _inside);
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            TurnWindow_NeedsLock();
            _inside--;
        }
    }

    private void TurnWindow_NeedsLock()
    {
        var elapsed = time.GetElapsedTime(_windowStart);
        if (elapsed < Window)
        {
            return;
        }

        _peakBefore = elapsed < 2 * Window ? _peak : _inside;
        _peak = _inside;
        _windowStart = time.GetTimestamp();
    }
}
