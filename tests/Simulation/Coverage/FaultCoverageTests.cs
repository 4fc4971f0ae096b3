using Simulation.Genesys;
using Simulation.Histories;

namespace Simulation.Coverage;

/// <summary>What the histories say they try, some of them do meet.</summary>
public sealed class FaultCoverageTests
{
    private const int Seeds = 150;
    private const int SeedsWithWaitsOfHours = 4;

    private static readonly string[] OfOtherKinds =
    [
        "call NotServed",
        "call Unheard",
        "call PartlyServed",
        "call Delayed",
        "call Twin",
        "call Redelivered",
        "call Empty",
        "call OtherClock",
        "api 5xx after the effect",
        "api 5xx without effect",
        "event delivered twice",
        "event of another body",
        "event under a new id",
        "poison",
        "dead letter poison",
        "dead letter permanent",
        "dead letter transient",
    ];

    [Fact]
    public void Each_fault_is_met_in_some_of_a_hundred_and_fifty_histories()
    {
        var coverage = new FaultCoverage();
        foreach (var seed in Enumerable.Range(0, Seeds).Concat(WithWaitsOfHours()))
        {
            Verdict.Of(seed, coverage, withSteps: false);
        }

        var faults = OfOtherKinds
            .Concat(Enum.GetNames<IncidentKind>().Select(kind => $"process {kind}"))
            .Concat(PlatformRefusals.Forms.Select(form => $"api {form}"))
            .Concat(SimulatedPlatform.TokenFailures.Select(form => $"token {form}"))
            .Concat(Enum.GetNames<PlatformFault>().Where(name => name != "None").Select(fault => $"api {fault}"));
        Assert.All(faults, fault => Assert.True(coverage.Of(fault) > 0, $"{fault} is met by none."));
    }

    /// <summary>One history in forty may ask for hours, and few of those come to it: some of them are looked for.</summary>
    private static IEnumerable<int> WithWaitsOfHours() =>
        Enumerable
            .Range(Seeds, 10_000)
            .Where(seed => Plan.Of(seed).Rates is { ForHours: true, Throttled: > 0.03 })
            .Take(SeedsWithWaitsOfHours);
}
