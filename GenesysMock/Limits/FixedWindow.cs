namespace GenesysMock.Limits;

/// <summary>
/// A window that the first request opens and time alone closes. All arithmetic of limits is here; who calls holds the lock.
/// </summary>
internal sealed class FixedWindow
{
    private DateTimeOffset _opened;
    private TimeSpan _length;

    /// <summary>Requests since the window was opened, refused ones included if they count.</summary>
    public int Count { get; private set; }

    public DateTimeOffset Opened => _opened;

    public bool IsOver(DateTimeOffset now) => Count == 0 || now >= _opened + _length;

    /// <summary>A window that is over gives way to a new one that begins now.</summary>
    public void Open(DateTimeOffset now, TimeSpan length)
    {
        if (IsOver(now))
        {
            (_opened, _length, Count) = (now, length, 0);
        }
    }

    public void CountOne() => Count++;

    /// <summary>
    /// Seconds until it is over: whole ones, and one more than fit, as the platform says 61 at the start of a minute. So
    /// whoever waits as long as he is told always finds a new window.
    /// </summary>
    public int ResetSeconds(DateTimeOffset now) => (int)Math.Floor((_opened + _length - now).TotalSeconds) + 1;
}
