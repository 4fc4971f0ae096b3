using Simulation.Coverage;
using Simulation.Histories;

namespace Simulation;

/// <summary>Seeds that found a bug, by what was wrong; each has a test of its own beside the code it was in, too.</summary>
public sealed class FoundSeedsTests
{
    [Theory]
    [InlineData(21)]
    [InlineData(166)]
    [InlineData(220)]
    public void An_effect_that_waits_for_the_budget_does_not_use_it_up_by_being_announced_at_each_return(int seed) =>
        AssertHolds(seed);

    [Theory]
    [InlineData(918)]
    [InlineData(1038)]
    [InlineData(1118)]
    [InlineData(1506)]
    public void An_effect_in_doubt_is_not_done_for_another_body_of_the_same_event(int seed) => AssertHolds(seed);

    [Theory]
    [InlineData(517)]
    [InlineData(1375)]
    [InlineData(345)]
    public void A_call_that_waited_for_its_token_and_permit_is_not_sent_with_too_little_time_left(int seed) =>
        AssertHolds(seed);

    private static void AssertHolds(int seed) => Assert.Null(Verdict.Of(seed, new FaultCoverage()).Violation);
}
