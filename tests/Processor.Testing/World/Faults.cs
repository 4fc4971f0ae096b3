namespace Processor.Testing.World;

/// <summary>What may happen to one call on its way to a fake and back.</summary>
internal abstract record Fault
{
    private Fault() { }

    /// <summary>It arrives, and so does the answer.</summary>
    public static readonly Fault None = new Nothing();

    /// <summary>The other side is away or throttles: nothing happens.</summary>
    public static readonly Fault Away = new NotServed();

    /// <summary>It happens, and nobody hears of it.</summary>
    public static readonly Fault AnswerLost = new Unheard();

    /// <summary>The answer is one that no seam allows: a bug of ours, found in production.</summary>
    public static readonly Fault Bug = new Thrown();

    /// <summary>Of a batch, the entries at these positions are not served; at none given, chance chooses.</summary>
    public static Fault Partial(params int[] positions) => new PartlyServed(positions);

    /// <summary>The request arrives this much later.</summary>
    public static Fault Late(TimeSpan by) => new Delayed(by);

    private sealed record Nothing : Fault;

    private sealed record NotServed : Fault;

    private sealed record Unheard : Fault;

    private sealed record Thrown : Fault;

    internal sealed record PartlyServed(int[] Positions) : Fault;

    internal sealed record Delayed(TimeSpan By) : Fault;
}

/// <summary>
/// The faults of one fake. Those named for a call come first, in order; then a fault that lasts; then chance by the rates. All rates
/// are 0 until somebody says otherwise.
/// </summary>
internal sealed class Faults(TimeProvider time, Random random)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<Fault>> _next = [];
    private readonly Dictionary<string, Fault> _lasting = [];
    private readonly Dictionary<string, int> _calls = [];

    public double AwayRate { get; set; }

    public double AnswerLostRate { get; set; }

    public double PartialRate { get; set; }

    /// <summary>How likely a request arrives late, by up to <see cref="LateMax"/>.</summary>
    public double LateRate { get; set; }

    public TimeSpan LateMax { get; set; }

    /// <summary>The longest way there, and the longest way back; chance takes a part of it.</summary>
    public TimeSpan LatencyMax { get; set; }

    /// <summary>Every call meets <see cref="Fault.Away"/>.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often each operation met which fault: the coverage of a simulation.</summary>
    public Dictionary<(string Operation, string Fault), int> Met { get; } = [];

    /// <param name="operation">The name of the seam's method.</param>
    /// <param name="faults">What its next calls meet.</param>
    public void Next(string operation, params Fault[] faults)
    {
        lock (_gate)
        {
            var queue = _next.TryGetValue(operation, out var known) ? known : _next[operation] = new Queue<Fault>();
            Array.ForEach(faults, queue.Enqueue);
        }
    }

    /// <summary>Until <see cref="Heal"/>, every call of the operation meets this.</summary>
    public void Always(string operation, Fault fault)
    {
        lock (_gate)
        {
            _lasting[operation] = fault;
        }
    }

    /// <summary>From now on all goes well.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _next.Clear();
            _lasting.Clear();
            (IsAway, AwayRate, AnswerLostRate, PartialRate, LateRate) = (false, 0, 0, 0, 0);
        }
    }

    /// <summary>How often the operation was called.</summary>
    public int CallsOf(string operation)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(operation);
        }
    }

    /// <summary>The way there: takes its time and tells what the call meets.</summary>
    /// <param name="operation">Which.</param>
    /// <param name="isBatch">Only of a batch can a part be served.</param>
    public async Task<Fault> ArriveAsync(string operation, bool isBatch = false)
    {
        Fault fault;
        lock (_gate)
        {
            _calls[operation] = _calls.GetValueOrDefault(operation) + 1;
            fault = Choose_NeedsLock(operation, isBatch ? PartialRate : 0);
            if (fault != Fault.None)
            {
                Note_NeedsLock(operation, fault.GetType().Name);
            }
        }

        await TravelAsync();
        if (fault is Fault.Delayed late)
        {
            await Task.Delay(late.By, time, CancellationToken.None);
        }

        return fault == Fault.Bug
            ? throw new InvalidOperationException($"{operation} answered what it never should.")
            : fault;
    }

    /// <summary>Counts what a fake does on its own account.</summary>
    public void Note(string operation, string fault)
    {
        lock (_gate)
        {
            Note_NeedsLock(operation, fault);
        }
    }

    /// <summary>Whether a fake does so on its own account this time; then it is counted.</summary>
    public bool Happens(double rate, string operation, string fault)
    {
        var happens = Draw() < rate;
        if (happens)
        {
            Note(operation, fault);
        }

        return happens;
    }

    /// <summary>The way back.</summary>
    public async Task TravelAsync()
    {
        if (LatencyMax > TimeSpan.Zero)
        {
            await Task.Delay(LatencyMax * Draw(), time, CancellationToken.None);
        }
        else
        {
            await Task.Yield();
        }
    }

    /// <summary>The positions of a batch that are not served.</summary>
    public bool[] Unserved(Fault fault, int count)
    {
        var unserved = new bool[count];
        if (fault is Fault.PartlyServed { Positions: { Length: > 0 } positions })
        {
            foreach (var position in positions.Where(position => position < count))
            {
                unserved[position] = true;
            }
        }
        else if (fault is Fault.PartlyServed)
        {
            for (var position = 0; position < count; position++)
            {
                unserved[position] = Draw() < 0.5;
            }
        }

        return unserved;
    }

    public double Draw()
    {
        lock (_gate)
        {
            return random.NextDouble();
        }
    }

    private void Note_NeedsLock(string operation, string fault) =>
        Met[(operation, fault)] = Met.GetValueOrDefault((operation, fault)) + 1;

    private Fault Choose_NeedsLock(string operation, double partialRate)
    {
        if (_next.TryGetValue(operation, out var queue) && queue.TryDequeue(out var next))
        {
            return next;
        }

        if (IsAway)
        {
            return Fault.Away;
        }

        if (_lasting.TryGetValue(operation, out var lasting))
        {
            return lasting;
        }

        if (AwayRate + AnswerLostRate + partialRate + LateRate == 0)
        {
            return Fault.None;
        }

        var drawn = random.NextDouble();
        return drawn < AwayRate ? Fault.Away
            : drawn < AwayRate + AnswerLostRate ? Fault.AnswerLost
            : drawn < AwayRate + AnswerLostRate + partialRate ? Fault.Partial()
            : drawn < AwayRate + AnswerLostRate + partialRate + LateRate ? Fault.Late(LateMax * random.NextDouble())
            : Fault.None;
    }
}
