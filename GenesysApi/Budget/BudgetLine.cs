namespace GenesysApi.Budget;

/// <summary>Those of one class that wait for permits in this process, first come first served, and what they were seen to need.</summary>
internal sealed class BudgetLine : IDisposable
{
    /// <summary>The least a holder asks for, so that a call now and then finds its permit without waiting for long.</summary>
    private const double WantMin = 12;

    /// <summary>Room to grow between two renewals.</summary>
    private const double WantFactor = 1.5;

    /// <summary>What was needed longer ago says nothing of what is needed now.</summary>
    private static readonly TimeSpan ObservedMax = TimeSpan.FromSeconds(30);

    private int _taken;
    private bool _asked;
    private bool _pressed;
    private TimeSpan? _observedSince;

    public Pace Pace { get; } = new();

    /// <summary>One caller at a time looks at the pace; a semaphore lets them through in order.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public int Waiting { get; set; }

    public int Taken => _taken;

    public void Asked() => _asked = true;

    /// <summary>A caller had to wait or was sent away: more would be used.</summary>
    public void Pressed() => _pressed = true;

    public void Take(TimeSpan now)
    {
        Pace.Take(now);
        _taken++;
    }

    /// <summary>When a caller who comes now would get a permit; nothing if not at this rate.</summary>
    public TimeSpan? DueIn(TimeSpan now) =>
        Pace.DueIn(now) is { } first && Pace.RateAt(now) is > 0 and var rate
            ? first + TimeSpan.FromMinutes(Waiting / rate)
            : null;

    /// <summary>Calls a minute to ask for, nothing if nobody asked since the last renewal.</summary>
    public double WantAt(TimeSpan now, int limit)
    {
        if (!_asked && Waiting == 0)
        {
            return 0;
        }

        var observed = now - _observedSince;
        if (_pressed || observed is not { } time || time > ObservedMax)
        {
            return limit;
        }

        return Math.Clamp(WantFactor * _taken / Math.Max(time.TotalMinutes, 1.0 / 60), Math.Min(WantMin, limit), limit);
    }

    public void StartObserving(TimeSpan now)
    {
        (_taken, _asked, _pressed, _observedSince) = (0, false, Waiting > 0, now);
    }

    public void Dispose() => Turn.Dispose();
}
