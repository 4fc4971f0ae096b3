using Simulation.Coverage;
using Simulation.Histories;

namespace Simulation;

/// <summary>
/// What seeds found, by what was wrong; each has a test of its own beside the code it was in, too. Histories have changed since, and a
/// seed tells a story only together with its commit: the first two are the first that noticed when the bug was put back as a
/// mutant, and the others are those that found theirs.
/// </summary>
public sealed class FoundSeedsTests
{
    [Theory]
    [InlineData(8630)]
    public void A_person_does_not_wait_for_the_turns_of_calls_that_are_sent_away_too(int seed) => AssertHolds(seed);

    [Theory]
    [InlineData(9049)]
    public void A_smaller_limit_of_the_platform_is_heeded_from_the_first_answer_that_tells_of_it(int seed) =>
        AssertHolds(seed);

    [Theory]
    [InlineData(5124)]
    [InlineData(7907)]
    public void A_doubt_outlives_a_claim_under_which_nothing_was_done(int seed) => AssertHolds(seed);

    [Theory]
    [InlineData(15313)]
    [InlineData(22447)]
    public void An_effect_in_a_sleepers_hands_is_not_sent_when_the_time_of_its_claim_is_over(int seed) =>
        AssertHolds(seed);

    /// <summary>It was the judge's error.</summary>
    [Theory]
    [InlineData(56211)]
    public void Nobody_redrives_when_all_processes_end(int seed) => AssertHolds(seed);

    /// <summary>It was the judge's error.</summary>
    [Theory]
    [InlineData(2141)]
    public void A_late_answer_tells_nobody_of_a_limit_that_is_over(int seed) => AssertHolds(seed);

    private static void AssertHolds(int seed) => Assert.Null(Verdict.Of(seed, new FaultCoverage()).Violation);
}
