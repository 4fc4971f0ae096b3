using Processor.Effects;
using Simulation.Genesys;
using Simulation.Tables;
using Testing;

namespace Simulation.Invariants;

/// <summary>Which writes of one value are nobody's fault, and which are.</summary>
public sealed class ExcusedWritesTests
{
    private static readonly EffectsOptions Effects = new();
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_sleeper_before_somebody_who_looked_is_excused() =>
        Assert.True(EndInvariants.AreExcused([Write(1, slept: true), Write(2, inDoubt: true)]));

    [Fact]
    public void The_order_in_which_they_arrive_does_not_matter() =>
        Assert.True(EndInvariants.AreExcused([Write(2, inDoubt: true), Write(1, slept: true)]));

    [Fact]
    public void Two_of_whom_nobody_slept_are_not() =>
        Assert.False(EndInvariants.AreExcused([Write(1), Write(2, inDoubt: true)]));

    [Fact]
    public void A_sleeper_before_somebody_without_a_doubt_is_not() =>
        Assert.False(EndInvariants.AreExcused([Write(1, slept: true), Write(3)]));

    [Fact]
    public void Two_under_one_claim_are_not() =>
        Assert.False(
            EndInvariants.AreExcused([Write(2, inDoubt: true, slept: true), Write(2, inDoubt: true, slept: true)])
        );

    [Fact]
    public void Two_without_a_claim_are_not() =>
        Assert.False(EndInvariants.AreExcused([Write(null, slept: true), Write(null, slept: true)]));

    [Fact]
    public void A_write_in_doubt_needs_a_look() => Assert.False(EndInvariants.WasLookedFor(Write(2, inDoubt: true)));

    [Fact]
    public void A_look_before_another_tried_to_do_it_is_none() =>
        Assert.False(
            EndInvariants.WasLookedFor(
                Write(3, inDoubt: true) with
                {
                    LookedAt = SimulatedWorld.Start,
                    TriedAt = SimulatedWorld.Start + Second,
                }
            )
        );

    [Fact]
    public void A_sleeper_whose_write_a_later_look_must_have_shown_is_not_excused() =>
        Assert.False(
            EndInvariants.AreExcused([
                Write(1, slept: true) with
                {
                    LandedAt = SimulatedWorld.Start,
                },
                Write(2, inDoubt: true) with
                {
                    LookedAt = SimulatedWorld.Start + Second,
                    LandedAt = SimulatedWorld.Start + (2 * Second),
                },
            ])
        );

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public void A_sleeper_who_wrote_before_the_next_claim_was_asked_for_is_counted_apart(int seconds, bool apart) =>
        Assert.Equal(
            apart,
            EndInvariants.IsOnKeptLook([
                Write(1, slept: true) with
                {
                    LandedAt = SimulatedWorld.Start + (seconds * Second),
                },
                Write(3, inDoubt: true) with
                {
                    LandedAt = SimulatedWorld.Start + (2 * Second),
                },
            ])
        );

    [Fact]
    public void A_write_without_a_doubt_needs_none() => Assert.True(EndInvariants.WasLookedFor(Write(1)));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_look_before_the_claim_counts_for_as_long_as_it_holds(int secondsMore, bool counts) =>
        Assert.Equal(
            counts,
            EndInvariants.WasLookedFor(
                Write(2, inDoubt: true) with
                {
                    LookedAt =
                        SimulatedWorld.Start
                        - Effects.LookHolds
                        - (2 * Effects.ClockSkewMax)
                        - TimeSpan.FromSeconds(secondsMore),
                }
            )
        );

    private static AttributeWrite Write(long? generation, bool inDoubt = false, bool slept = false) =>
        new("key", "a1", generation is { } one ? new GrantedClaim(SimulatedWorld.Start, one, inDoubt) : null, slept);
}
