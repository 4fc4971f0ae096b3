namespace GenesysApi.Budget;

/// <summary>Those of one class that wait for permits in this process, first come first served, and what they were seen to need.</summary>
internal sealed class BudgetLine(double credit)
{
    /// <summary>The least a holder asks for, so that a call now and then finds its permit without waiting for long.</summary>
    private const double WantMin = 12;

    /// <summary>Room to grow between two renewals.</summary>
    private const double WantFactor = 1.5;

    /// <summary>Whoever did not ask for so long needs nothing.</summary>
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(10);

    /// <summary>A rate seen for less than this is chance; for longer than that it says nothing of what is needed now.</summary>
    private static readonly TimeSpan ObservedMin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ObservedMax = TimeSpan.FromSeconds(30);

    private TimeSpan _lastTurn = TimeSpan.MinValue / 2;
    private TimeSpan? _observedSince;
    private TimeSpan? _askedAt;
    private bool _pressed;
    private double _want;

    public Pace Pace { get; } = new(credit);

    /// <summary>One caller at a time looks at the pace.</summary>
    public Turns Turns { get; } = new();

    public int Waiting { get; set; }

    public int Taken { get; private set; }

    /// <summary>Whether the last renewal asked for anything for this line.</summary>
    public bool IsInRecord => _want > 0;

    public void Asked(TimeSpan now) => _askedAt = now;

    /// <summary>A caller had to wait or was sent away: more would be used.</summary>
    public void Pressed() => _pressed = true;

    /// <summary>
    /// When somebody who is sent away should come back: each at a turn of his own. Told the same moment they would all return in it,
    /// and all but one for nothing.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="wait">How long the first of them has to wait.</param>
    /// <param name="perMinute">How many a minute may be served, at the best: whoever returns too early is given another turn.</param>
    public TimeSpan TurnIn(TimeSpan now, TimeSpan wait, double perMinute)
    {
        var first = now + wait;
        var next = _lastTurn + TimeSpan.FromMinutes(1 / perMinute);
        _lastTurn = next > first ? next : first;
        return _lastTurn - now;
    }

    public void Take(TimeSpan now)
    {
        Pace.Take(now);
        Taken++;
    }

    /// <summary>When a caller who comes now would get a permit; nothing if not at this rate.</summary>
    public TimeSpan? DueIn(TimeSpan now) =>
        Pace.DueIn(now) is { } first && Pace.RateAt(now) is > 0 and var rate
            ? first + TimeSpan.FromMinutes(Waiting / rate)
            : null;

    /// <summary>
    /// The same, but whoever stands in line is served within <paramref name="patience"/> or sent away too, with a turn of his own: when
    /// the rate falls while many wait, nobody has to let all of them go first.
    /// </summary>
    public TimeSpan? DueIn(TimeSpan now, TimeSpan patience) =>
        Pace.DueIn(now) is { } first && DueIn(now) is { } last
            ? first + (last - first < patience ? last - first : patience)
            : null;

    /// <summary>Calls a minute to ask for; nothing if nobody asks any more.</summary>
    public double WantAt(TimeSpan now, int limit)
    {
        if (Waiting == 0 && !(now - _askedAt <= IdleAfter))
        {
            return _want = 0;
        }

        if (_pressed || _observedSince is not { } since || now - since > ObservedMax)
        {
            return _want = limit;
        }

        var observed = now - since;
        return _want =
            observed < ObservedMin && _want > 0
                ? Math.Min(_want, limit)
                : Math.Clamp(WantFactor * Taken / observed.TotalMinutes, Math.Min(WantMin, limit), limit);
    }

    public void StartObserving(TimeSpan now) => (Taken, _pressed, _observedSince) = (0, Waiting > 0, now);
}
