using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace GenesysMock.Publishing;

internal sealed class TrafficOptions
{
    public const string Section = "Mock:Traffic";

    /// <summary>Events a second from start to stop; 0 is silence.</summary>
    [Range(0, 10_000)]
    public double RatePerSecond { get; init; }

    /// <summary>The most a run may consist of. Its ledger keeps 24 bytes of each.</summary>
    [Range(1, 10_000_000)]
    public int EventsMax { get; init; } = 1_000_000;

    /// <summary>Runs remembered. The oldest that has ended is forgotten first.</summary>
    [Range(1, 1_000)]
    public int RunsMax { get; init; } = 20;

    /// <summary>Runs under way at once, besides the continuous traffic.</summary>
    [Range(1, 20)]
    public int RunsAtOnceMax { get; init; } = 4;

    /// <summary>How densely things happened in a run that is sent as fast as it is accepted.</summary>
    [Range(1, 100_000)]
    public double PastEventsPerSecond { get; init; } = 200;
}

[OptionsValidator]
internal sealed partial class TrafficOptionsValidator : IValidateOptions<TrafficOptions>;
