using GenesysMock.Gate;
using GenesysMock.Scenarios;
using Microsoft.Extensions.Options;

namespace GenesysMock.Faults;

/// <summary>Decides, by the seed, which request meets which fault.</summary>
internal sealed class FaultInjector(Behaviour behaviour, IOptions<ScenarioOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Fault, int> _strikes = new(ReferenceEqualityComparer.Instance);

    private FaultOptions? _known;
    private Random _random = new(options.Value.Seed);

    /// <summary>How long the answer is delayed.</summary>
    public TimeSpan Delay(string endpoint)
    {
        lock (_lock)
        {
            return Rules_NeedsLock(endpoint, delays: true)
                .Where(Strikes_NeedsLock)
                .Aggregate(
                    TimeSpan.Zero,
                    (sum, fault) => sum + fault.From + (fault.To - fault.From) * _random.NextDouble()
                );
        }
    }

    /// <summary>The fault this request meets, if it meets one.</summary>
    public Fault? Next(string endpoint)
    {
        lock (_lock)
        {
            return Rules_NeedsLock(endpoint, delays: false).FirstOrDefault(Strikes_NeedsLock);
        }
    }

    private IEnumerable<Fault> Rules_NeedsLock(string endpoint, bool delays) =>
        Current_NeedsLock()
            .Rules.Where(fault =>
                fault.Kind is FaultKind.Latency == delays && EndpointPattern.Matches(fault.Endpoint, endpoint)
            );

    private bool Strikes_NeedsLock(Fault fault)
    {
        var strikes = _strikes.GetValueOrDefault(fault);
        if (strikes >= fault.Times || _random.NextDouble() >= fault.Rate)
        {
            return false;
        }

        _strikes[fault] = strikes + 1;
        return true;
    }

    /// <summary>Other faults are counted from nothing, and drawn from the seed's beginning.</summary>
    private FaultOptions Current_NeedsLock()
    {
        var current = behaviour.Faults;
        if (!ReferenceEquals(current, _known))
        {
            _known = current;
            _strikes.Clear();
            _random = new Random(options.Value.Seed);
        }

        return current;
    }
}
