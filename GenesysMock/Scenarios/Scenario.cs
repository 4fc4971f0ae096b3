using GenesysMock.Faults;
using GenesysMock.Limits;
using GenesysMock.Traffic;

namespace GenesysMock.Scenarios;

/// <summary>A situation by name: limits, faults and the shape of traffic together.</summary>
internal sealed record Scenario(
    string Name,
    string Description,
    LimitOptions Limits,
    FaultOptions Faults,
    TrafficShape Shape
);
