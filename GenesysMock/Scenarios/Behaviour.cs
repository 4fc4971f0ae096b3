using GenesysMock.Faults;
using GenesysMock.Limits;
using GenesysMock.Traffic;
using Microsoft.Extensions.Options;

namespace GenesysMock.Scenarios;

/// <summary>How the mock behaves now. It starts as configured, and the admin API changes it while it runs.</summary>
internal sealed class Behaviour(
    IOptions<ScenarioOptions> scenario,
    IOptions<LimitOptions> limits,
    IOptions<FaultOptions> faults,
    IOptions<TrafficShape> shape
)
{
    private volatile Current _current = new(scenario.Value.Scenario, limits.Value, faults.Value, shape.Value);

    /// <summary>The scenario last chosen. Its limits or faults may have been changed since.</summary>
    public string Scenario => _current.Scenario;

    public LimitOptions Limits => _current.Limits;

    public FaultOptions Faults => _current.Faults;

    public TrafficShape Shape => _current.Shape;

    public void Change(LimitOptions limits) => _current = _current with { Limits = limits };

    public void Change(FaultOptions faults) => _current = _current with { Faults = faults };

    public void Change(Scenario scenario) =>
        _current = new Current(scenario.Name, scenario.Limits, scenario.Faults, scenario.Shape);

    private sealed record Current(string Scenario, LimitOptions Limits, FaultOptions Faults, TrafficShape Shape);
}
