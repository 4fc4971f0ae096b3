using Operations.DeadLetters;
using Operations.Previewing;
using Operations.Redriving;

namespace Operations.Tests.Redriving;

public sealed class FateTests
{
    private static readonly DateTimeOffset Sent = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_no_effect_takes_is_recovered_when_it_is_recorded() =>
        Assert.Equal(Fate.Recovered, Of(recordedAt: Sent.AddSeconds(1)));

    [Fact]
    public void What_has_no_row_is_not_decided() => Assert.Equal(Fate.Undecided, Of(recordedAt: null));

    [Theory]
    [InlineData("completed", "1111", Fate.Recovered)]
    [InlineData("completed", "2222", Fate.Undecided)]
    [InlineData("released", "1111", Fate.Undecided)]
    [InlineData("claimed", "1111", Fate.Undecided)]
    [InlineData("ambiguous", "1111", Fate.Undecided)]
    public void What_an_effect_took_is_recovered_when_the_effect_is_done_for_this_body(
        string state,
        string bodyHash,
        object expected
    ) => Assert.Equal(expected, Of(claim: new HeldClaim("an-effect", state, bodyHash, Sent)));

    [Fact]
    public void What_an_effect_will_take_is_not_recovered_before_it_has() =>
        Assert.Equal(Fate.Undecided, Of(hasEffect: true));

    [Theory]
    [InlineData(1, Fate.Undecided)]
    [InlineData(2, Fate.Failing)]
    public void What_failed_after_its_record_more_than_once_is_failing(int count, object expected) =>
        Assert.Equal(expected, Of(failures: new Failures(count, Sent.AddSeconds(30))));

    [Fact]
    public void A_failure_before_the_record_is_over() =>
        Assert.Equal(
            Fate.Recovered,
            Of(recordedAt: Sent.AddSeconds(40), failures: new Failures(2, Sent.AddSeconds(30)))
        );

    [Fact]
    public void A_failure_of_an_earlier_copy_is_not_held_against_it() =>
        Assert.Equal(Fate.Recovered, Of(failures: new Failures(5, Sent.AddMinutes(-1))));

    [Fact]
    public void What_has_not_failed_for_longer_than_a_back_off_has_succeeded() =>
        Assert.Equal(Fate.Recovered, Of(failures: new Failures(2, Sent.AddSeconds(30)), now: Sent.AddMinutes(30)));

    private static Fate Of(HeldClaim? claim = null, Failures? failures = null, bool hasEffect = false) =>
        Of(Sent.AddDays(-1), claim, failures, hasEffect);

    private static Fate Of(Failures failures, DateTimeOffset now) => Of(Sent.AddDays(-1), null, failures, false, now);

    private static Fate Of(
        DateTimeOffset? recordedAt,
        HeldClaim? claim = null,
        Failures? failures = null,
        bool hasEffect = false,
        DateTimeOffset? now = null
    ) =>
        Fates.Of(
            new Letter
            {
                Id = "0123",
                State = LetterState.Redriven,
                Reason = "effect-timeout",
                Class = "transient",
                SentAt = Sent,
                CollectedAt = Sent,
                ExpiresAt = DateTimeOffset.MaxValue,
                Bytes = 2,
                SortKey = "01773929198120#aaaa-1111",
                RedrivenAt = Sent,
            },
            recordedAt,
            claim is null ? [] : [claim],
            failures,
            hasEffect,
            now ?? Sent.AddMinutes(1)
        );
}
