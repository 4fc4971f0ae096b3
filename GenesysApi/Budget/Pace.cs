namespace GenesysApi.Budget;

/// <summary>
/// One stream of calls at a rate that may change: credit grows with the rate and a call costs one. Times are those of one
/// process' own monotonic clock, counted from wherever it likes.
/// </summary>
internal sealed class Pace(double credit)
{
    /// <summary>Below this a credit is one call that a rounding kept from being one.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>A call an hour is no rate at which anybody waits.</summary>
    private const double PerMinuteMin = 1.0 / 60;

    private double _credit = credit;
    private double _perMinute;
    private TimeSpan _at;
    private TimeSpan _end;

    public double RateAt(TimeSpan now) => now < _end ? _perMinute : 0;

    /// <summary>From now on <paramref name="perMinute"/>, and nothing after <paramref name="end"/>.</summary>
    public void Set(double perMinute, TimeSpan now, TimeSpan end)
    {
        Advance(now);
        (_perMinute, _end) = (perMinute, end);
    }

    /// <summary>Never more than <paramref name="perMinute"/> from now on.</summary>
    public void Lower(double perMinute, TimeSpan now)
    {
        Advance(now);
        _perMinute = Math.Min(_perMinute, perMinute);
    }

    /// <summary>How long until the next call may be made; nothing if no call will be possible at this rate.</summary>
    public TimeSpan? DueIn(TimeSpan now)
    {
        Advance(now);
        if (_perMinute < PerMinuteMin || now >= _end)
        {
            return null;
        }

        if (_credit >= 1 - Tolerance)
        {
            return TimeSpan.Zero;
        }

        var wait = TimeSpan.FromMinutes((1 - _credit) / _perMinute);
        return now + wait < _end ? wait : null;
    }

    public void Take(TimeSpan now)
    {
        Advance(now);
        _credit -= 1;
    }

    private void Advance(TimeSpan now)
    {
        var until = now < _end ? now : _end;
        if (until > _at)
        {
            var grown = _credit + (_perMinute * (until - _at).TotalMinutes);
            _credit = Math.Min(grown, Math.Max(_credit, BudgetArithmetic.CreditMax));
        }

        _at = now > _at ? now : _at;
    }
}
