using GenesysMock.Traffic;

namespace GenesysMock.Publishing;

/// <summary>
/// What was published of a run. Of a run with an end it keeps for each thing when it was first published, when it was
/// accepted, how often, and how often nobody knows: 24 bytes. The things themselves the generator tells anew when somebody asks.
/// </summary>
internal sealed class RunLedger(int? events)
{
    private readonly Lock _lock = new();
    private readonly Line[]? _lines = events is { } count ? new Line[count] : null;

    private LedgerCounts _counts = new(0, 0, 0, 0, 0, LastProblem: null);

    public LedgerCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return _counts;
            }
        }
    }

    public void Publishing(IEnumerable<Delivery> batch, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var delivery in batch.Where(delivery => delivery.Copy is Copy.First))
            {
                _counts = _counts with { Emitted = _counts.Emitted + 1 };
                if (_lines is not null)
                {
                    _lines[delivery.Emission.Index].PublishedAt = now.ToUnixTimeMilliseconds();
                }
            }
        }
    }

    public void Accepted(Delivery delivery, DateTimeOffset now)
    {
        lock (_lock)
        {
            _counts = _counts with
            {
                Deliveries = _counts.Deliveries + 1,
                Accepted = _counts.Accepted + (delivery.Copy is Copy.First ? 1 : 0),
            };
            if (_lines is not null)
            {
                ref var line = ref _lines[delivery.Emission.Index];
                line.Deliveries++;
                line.AcceptedAt = line.AcceptedAt is 0 ? now.ToUnixTimeMilliseconds() : line.AcceptedAt;
            }
        }
    }

    /// <summary>It was sent, and may have been taken: no answer came, or one that leaves it open.</summary>
    public void InDoubt(Delivery delivery)
    {
        lock (_lock)
        {
            if (_lines is not null)
            {
                _lines[delivery.Emission.Index].InDoubt++;
            }
        }
    }

    public void Refused(int status)
    {
        lock (_lock)
        {
            _counts = _counts with { Refused = _counts.Refused + 1, LastProblem = $"refused with {status}" };
        }
    }

    public void Retrying(string reason)
    {
        lock (_lock)
        {
            _counts = _counts with { Retries = _counts.Retries + 1, LastProblem = reason };
        }
    }

    /// <summary>Null for what was not published, and always for a run without end.</summary>
    public LedgerEntry? Find(int index)
    {
        lock (_lock)
        {
            return _lines?[index] is { PublishedAt: > 0 } line
                ? new LedgerEntry(
                    DateTimeOffset.FromUnixTimeMilliseconds(line.PublishedAt),
                    line.AcceptedAt > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(line.AcceptedAt) : null,
                    line.Deliveries,
                    line.InDoubt
                )
                : null;
        }
    }

    private struct Line
    {
        public long PublishedAt;
        public long AcceptedAt;
        public int Deliveries;
        public int InDoubt;
    }
}

/// <param name="Emitted">Distinct things of which the first delivery was sent.</param>
/// <param name="Deliveries">Deliveries that were accepted, copies included.</param>
/// <param name="Accepted">Distinct things of which the first delivery was accepted.</param>
/// <param name="Refused">Deliveries that were refused for good.</param>
/// <param name="Retries">Times that a batch, or the rest of one, was sent again.</param>
internal sealed record LedgerCounts(
    long Emitted,
    long Deliveries,
    long Accepted,
    long Refused,
    long Retries,
    string? LastProblem
);

/// <param name="Deliveries">How often it was accepted.</param>
/// <param name="InDoubt">How often it was sent besides, and may have been accepted without saying so.</param>
internal sealed record LedgerEntry(
    DateTimeOffset FirstPublishedAt,
    DateTimeOffset? AcceptedAt,
    int Deliveries,
    int InDoubt
);
