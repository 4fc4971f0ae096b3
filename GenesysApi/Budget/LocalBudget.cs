namespace GenesysApi.Budget;

/// <summary>What this process knows and holds of the budget: its paces, the blocks it heeds, when it must renew. No I/O.</summary>
internal sealed class LocalBudget(string holder, Func<BudgetRules> rules, TimeProvider time, Random random)
{
    /// <summary>Callers wait this long for a permit at most; beyond it they have better things to do and come back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan UnexplainedMemory = TimeSpan.FromMinutes(3);

    private readonly Lock _gate = new();

    /// <summary>A new process has earned nothing yet, so that a deployment adds no calls.</summary>
    private readonly BudgetLine _live = new(credit: 0);

    /// <summary>A person's first call need not wait for the reserve's slow pace.</summary>
    private readonly BudgetLine _operator = new(credit: 1);
    private readonly KnownBlocks _blocks = new();
    private readonly ServerCounts _counts = new();
    private readonly long _origin = time.GetTimestamp();

    private TimeSpan _renewAt = TimeSpan.Zero;
    private TimeSpan? _renewedAt;
    private TimeSpan? _joinedAt;
    private TimeSpan? _cutOffAt;
    private int _holders = 1;
    private int _plannedLimit;
    private int _unexplained;
    private TimeSpan _unexplainedAt = TimeSpan.MinValue / 2;

    private TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>Whether a permit could be had soon; nothing is taken.</summary>
    public Permit Look(BudgetClass @class, string endpoint)
    {
        lock (_gate)
        {
            var now = Now;
            var line = LineOf(@class);
            return Refusal_NeedsLock(endpoint, now)
                ?? (
                    RenewalIsDue_NeedsLock(line, now) || line.DueIn(now) <= Patience
                        ? Permit.Granted.Instance
                        : Empty_NeedsLock(line, now)
                );
        }
    }

    /// <summary>Joins the line, unless the API is closed or the line is too long. Whoever joined must <see cref="Leave"/>.</summary>
    public Permit? Enter(BudgetClass @class, string endpoint)
    {
        lock (_gate)
        {
            var now = Now;
            var line = LineOf(@class);
            if (Refusal_NeedsLock(endpoint, now) is { } refusal)
            {
                return refusal;
            }

            if (!(line.DueIn(now) <= Patience))
            {
                line.Pressed();
                return Empty_NeedsLock(line, now);
            }

            line.Waiting++;
            return null;
        }
    }

    public Task WaitForTurnAsync(BudgetClass @class, CancellationToken cancellationToken) =>
        LineOf(@class).Turns.TakeAsync(cancellationToken);

    public void EndTurn(BudgetClass @class) => LineOf(@class).Turns.End();

    public void Leave(BudgetClass @class)
    {
        lock (_gate)
        {
            LineOf(@class).Waiting--;
        }
    }

    /// <returns>The permit or the refusal; otherwise how long to wait before asking again.</returns>
    public (Permit? Permit, TimeSpan Wait) TryTake(BudgetClass @class, string endpoint)
    {
        lock (_gate)
        {
            var now = Now;
            var line = LineOf(@class);
            if (Refusal_NeedsLock(endpoint, now) is { } refusal)
            {
                return (refusal, default);
            }

            var due = line.Pace.DueIn(now);
            if (due == TimeSpan.Zero)
            {
                line.Take(now);
                _counts.Sent(endpoint);
                return (Permit.Granted.Instance, default);
            }

            line.Pressed();
            return due <= Patience
                ? (null, TimeSpan.FromMilliseconds(Math.Ceiling(due.Value.TotalMilliseconds)))
                : (Empty_NeedsLock(line, now), default);
        }
    }

    /// <summary>Notes that somebody asks, and says whether the share must be renewed for it.</summary>
    public bool AskAndSeeIfRenewalIsDue(BudgetClass @class, string endpoint)
    {
        lock (_gate)
        {
            var line = LineOf(@class);
            var now = Now;
            line.Asked(now);
            return Refusal_NeedsLock(endpoint, now) is null && RenewalIsDue_NeedsLock(line, now);
        }
    }

    /// <summary>Whether the record may still hold something in our name.</summary>
    public bool MayBeInRecord()
    {
        lock (_gate)
        {
            return _renewedAt is not null;
        }
    }

    public bool HoldsShare(BudgetClass @class)
    {
        lock (_gate)
        {
            return LineOf(@class).Pace.RateAt(Now) > 0;
        }
    }

    /// <summary>What to write next. A rate that goes down does so before the write: others may see it at once.</summary>
    public BudgetRenewal Plan(BudgetRecord record, bool release)
    {
        lock (_gate)
        {
            var now = Now;
            var utc = time.GetUtcNow();
            var current = rules();
            var limit = LimitOf_NeedsLock(current);
            _blocks.Learn(record.Blocks, current.SkewMax, utc);
            var ask = new BudgetAsk(
                holder,
                release ? 0 : _live.WantAt(now, limit),
                release ? 0 : _operator.WantAt(now, limit),
                limit,
                _live.Taken + _operator.Taken,
                Settling: _joinedAt is not { } joined || now - joined < current.Settling,
                _blocks.Raised
            );

            var renewal = BudgetArithmetic.Renew(record, ask, current, utc);
            _plannedLimit = limit;
            _live.Pace.Lower(renewal.Live, now);
            _operator.Pace.Lower(renewal.Operator, now);
            return renewal;
        }
    }

    /// <summary>The renewal is written. The lease runs from before the write began, so it ends here before it ends for others.</summary>
    public bool Adopt(BudgetRenewal renewal, long beganAt)
    {
        lock (_gate)
        {
            var now = Now;
            var current = rules();
            var began = time.GetElapsedTime(_origin, beganAt);
            var end = began + current.LeaseFor(renewal.Holders);
            _live.Pace.Set(renewal.Live, now, end);
            _operator.Pace.Set(renewal.Operator, now, end);
            _live.StartObserving(now);
            _operator.StartObserving(now);

            var wasCutOff = _cutOffAt is not null;
            (_cutOffAt, _renewedAt, _holders) = (null, now, renewal.Holders);
            _joinedAt ??= now;
            var every = current.RenewEveryFor(renewal.Holders) / (renewal.IsShort ? 2 : 1);
            _renewAt = now + Jittered_NeedsLock(every);
            return wasCutOff;
        }
    }

    /// <summary>Others wrote in between, again: the share that is held goes on, and the next caller tries again.</summary>
    public void Postpone(TimeSpan wait)
    {
        lock (_gate)
        {
            _renewAt = Now + Jittered_NeedsLock(wait);
        }
    }

    /// <summary>
    /// The store did not answer. What is held shrinks to the local share at once; only when everybody else must have noticed too
    /// may a process that held less, or nothing, take it.
    /// </summary>
    /// <returns>True if this is news.</returns>
    public bool CutOff()
    {
        lock (_gate)
        {
            var now = Now;
            var current = rules();
            var every = current.RenewEveryFor(_holders);
            var isNews = _cutOffAt is null;
            _cutOffAt ??= now;
            (_joinedAt, _renewedAt) = (null, now);
            _renewAt = now + Jittered_NeedsLock(every / 2);

            var everybodyKnows = now - _cutOffAt.Value >= every;
            var ramp = BudgetArithmetic.RampAt(_blocks.EverythingUntil, current.Ramp, time.GetUtcNow());
            foreach (var @class in Enum.GetValues<BudgetClass>())
            {
                var pace = LineOf(@class).Pace;
                var share = BudgetArithmetic.LocalShare(current, @class, LimitOf_NeedsLock(current), _holders, ramp);
                pace.Set(everybodyKnows ? share : Math.Min(share, pace.RateAt(now)), now, now + (2 * every));
            }

            return isNews;
        }
    }

    /// <summary>A refusal that does not say for how long: 3 s, 9 s, 27 s, as the platform's guidance for retries has it.</summary>
    public TimeSpan UnexplainedWait()
    {
        lock (_gate)
        {
            var now = Now;
            _unexplained = now - _unexplainedAt < UnexplainedMemory ? Math.Min(_unexplained + 1, 4) : 1;
            _unexplainedAt = now;
            return TimeSpan.FromSeconds(Math.Min(60, Math.Pow(3, _unexplained)));
        }
    }

    /// <returns>False if about that long a block is heeded already.</returns>
    public bool Raise(BudgetBlock block)
    {
        lock (_gate)
        {
            return _blocks.Raise(block);
        }
    }

    public void Note(string endpoint, RateHeaders headers)
    {
        lock (_gate)
        {
            _counts.Note(endpoint, headers, Now);
            var current = rules();
            var limit = LimitOf_NeedsLock(current);
            if (limit < _plannedLimit)
            {
                // The share was made from a higher limit: until it is renewed, use no more than an equal part of this one.
                _live.Pace.Lower(BudgetArithmetic.LocalShare(current, BudgetClass.Live, limit, _holders, ramp: 1), Now);
            }
        }
    }

    public TimeSpan BlockedFor()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return _blocks.EverythingUntil is { } until && until > now ? until - now : TimeSpan.Zero;
        }
    }

    public double RatePerMinute()
    {
        lock (_gate)
        {
            return _live.Pace.RateAt(Now) + _operator.Pace.RateAt(Now);
        }
    }

    public int? RemainingAtServer()
    {
        lock (_gate)
        {
            return _counts.Remaining;
        }
    }

    private BudgetLine LineOf(BudgetClass @class) => @class == BudgetClass.Operator ? _operator : _live;

    private Permit? Refusal_NeedsLock(string endpoint, TimeSpan now)
    {
        var utc = time.GetUtcNow();
        if (_blocks.On(endpoint, utc) is { } block)
        {
            return new Permit.Blocked(block.Until, block.By);
        }

        return _counts.SpentUntil(endpoint, Math.Max(rules().Replicas, _holders), now) is { } until
            ? new Permit.Empty(utc + (until - now))
            : null;
    }

    private Permit.Empty Empty_NeedsLock(BudgetLine line, TimeSpan now)
    {
        var wait = line.DueIn(now, Patience) ?? _renewAt - now;
        var atBest = Math.Max(line.Pace.RateAt(now), LimitOf_NeedsLock(rules()) / (double)Math.Max(1, _holders));
        return new Permit.Empty(
            time.GetUtcNow() + line.TurnIn(now, wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(100), atBest)
        );
    }

    private bool RenewalIsDue_NeedsLock(BudgetLine line, TimeSpan now) =>
        now >= _renewAt
        || LimitOf_NeedsLock(rules()) < _plannedLimit
        || (line.Pace.RateAt(now) <= 0 && (IsNew_NeedsLock(line) || WasNotTriedLately_NeedsLock(now)));

    /// <summary>A line that the last renewal knew nothing of: a person's first call need not wait for the next one.</summary>
    private bool IsNew_NeedsLock(BudgetLine line) => _cutOffAt is null && !line.IsInRecord;

    private bool WasNotTriedLately_NeedsLock(TimeSpan now) => !(now - _renewedAt < rules().RenewEveryFor(_holders) / 2);

    private int LimitOf_NeedsLock(BudgetRules current) => Math.Min(current.Limit, _counts.Allowed ?? int.MaxValue);

    /// <summary>A tenth either way, so that replicas which started together do not write together for ever.</summary>
    private TimeSpan Jittered_NeedsLock(TimeSpan wait) => wait * (0.9 + (0.2 * random.NextDouble()));
}
