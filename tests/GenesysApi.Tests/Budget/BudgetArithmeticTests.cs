using System.Collections.Immutable;
using GenesysApi.Budget;

namespace GenesysApi.Tests.Budget;

public sealed class BudgetArithmeticTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);

    private static readonly BudgetRules Rules = new()
    {
        Limit = 300,
        Reserve = 3,
        Replicas = 3,
    };

    [Fact]
    public void Three_replicas_that_want_everything_share_it_equally_and_use_96_percent()
    {
        var record = BudgetRecord.Unused("client");

        foreach (var holder in (string[])["a", "b", "c", "a", "b", "c"])
        {
            record = BudgetArithmetic.Renew(record, Ask(holder, live: 300), Rules, Now).Record;
        }

        Assert.Equal([96.0, 96.0, 96.0], record.Shares.Select(share => Math.Round(share.Rate, 3)));
    }

    [Fact]
    public void What_one_does_not_want_goes_to_those_who_do()
    {
        var record = BudgetRecord.Unused("client");

        record = BudgetArithmetic.Renew(record, Ask("idle", live: 12), Rules, Now).Record;
        var renewal = BudgetArithmetic.Renew(record, Ask("busy", live: 300), Rules, Now);

        Assert.Equal(288 - 12, renewal.Live, 0.001);
    }

    [Fact]
    public void A_newcomer_takes_no_more_than_its_part_until_others_have_had_time_to_notice_it()
    {
        var renewal = BudgetArithmetic.Renew(
            BudgetRecord.Unused("client"),
            Ask("first", live: 300) with
            {
                Settling = true,
            },
            Rules,
            Now
        );

        Assert.Equal(96, renewal.Live, 0.001);
    }

    [Fact]
    public void Whoever_holds_more_than_a_fair_share_makes_room_before_another_may_take_it()
    {
        var alone = BudgetArithmetic.Renew(BudgetRecord.Unused("client"), Ask("a", live: 300), Rules, Now);

        var tooEarly = BudgetArithmetic.Renew(alone.Record, Ask("b", live: 300), Rules, Now);
        var made = BudgetArithmetic.Renew(tooEarly.Record, Ask("a", live: 300), Rules, Now);
        var taken = BudgetArithmetic.Renew(made.Record, Ask("b", live: 300), Rules, Now);

        Assert.Equal(288, alone.Live, 0.001);
        Assert.Equal((0, true), (tooEarly.Live, tooEarly.IsShort));
        Assert.Equal((144, 144), (Math.Round(made.Live, 3), Math.Round(taken.Live, 3)));
    }

    [Fact]
    public void A_share_that_nobody_renews_is_free_again_when_its_lease_has_ended_on_every_clock()
    {
        var dead = BudgetArithmetic.Renew(BudgetRecord.Unused("client"), Ask("dead", live: 300), Rules, Now);
        var end = Now + Rules.Lease + Rules.SkewMax;

        var before = BudgetArithmetic.Renew(dead.Record, Ask("b", live: 300), Rules, end - TimeSpan.FromSeconds(1));
        var after = BudgetArithmetic.Renew(dead.Record, Ask("b", live: 300), Rules, end);

        Assert.Equal(0, before.Live);
        Assert.Equal(288, after.Live, 0.001);
    }

    [Fact]
    public void A_released_share_is_free_at_once()
    {
        var held = BudgetArithmetic.Renew(BudgetRecord.Unused("client"), Ask("a", live: 300), Rules, Now);

        var released = BudgetArithmetic.Renew(held.Record, Ask("a", live: 0), Rules, Now);

        Assert.Empty(released.Record.Shares);
    }

    [Fact]
    public void The_reserve_is_there_for_operators_while_live_work_uses_all_it_can()
    {
        var busy = BudgetArithmetic.Renew(BudgetRecord.Unused("client"), Ask("busy", live: 300), Rules, Now);

        var person = BudgetArithmetic.Renew(busy.Record, Ask("person", @operator: 12), Rules, Now);

        Assert.Equal(3, person.Operator, 0.001);
    }

    [Fact]
    public void Operators_who_want_more_than_the_reserve_share_the_rest_as_equals()
    {
        var record = BudgetArithmetic.Renew(BudgetRecord.Unused("client"), Ask("busy", live: 300), Rules, Now).Record;
        record = BudgetArithmetic.Renew(record, Ask("redrive", @operator: 300), Rules, Now).Record;
        record = BudgetArithmetic.Renew(record, Ask("busy", live: 300), Rules, Now).Record;

        var redrive = BudgetArithmetic.Renew(record, Ask("redrive", @operator: 300), Rules, Now);

        Assert.Equal(144 + 3, redrive.Operator, 0.001);
    }

    [Fact]
    public void The_lowest_limit_that_any_holder_knows_of_counts_for_all()
    {
        var told = BudgetArithmetic.Renew(
            BudgetRecord.Unused("client"),
            Ask("told", live: 12) with
            {
                Limit = 180,
            },
            Rules,
            Now
        );

        var renewal = BudgetArithmetic.Renew(told.Record, Ask("other", live: 300), Rules, Now);

        Assert.Equal(180, renewal.Record.Allowed);
        Assert.Equal(180 - 4.5 - 2.7 - 3 - 12, renewal.Live, 0.001);
    }

    [Fact]
    public void A_block_of_everything_leaves_nobody_a_rate()
    {
        var block = new BudgetBlock(BudgetBlock.Everything, Now.AddSeconds(37), "token.rate.per.minute");

        var renewal = BudgetArithmetic.Renew(
            BudgetRecord.Unused("client"),
            Ask("a", live: 300) with
            {
                Blocks = [block],
            },
            Rules,
            Now
        );

        Assert.Equal(0, renewal.Live);
        Assert.Equal([block], renewal.Record.Blocks);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(15, 0.55)]
    [InlineData(30, 1)]
    [InlineData(3600, 1)]
    public void After_a_block_the_rate_climbs_back(int secondsAfter, double part)
    {
        Assert.Equal(part, BudgetArithmetic.RampAt(Now, Rules.Ramp, Now.AddSeconds(secondsAfter)), 0.001);
    }

    [Fact]
    public void Of_two_blocks_of_one_endpoint_the_longer_stays()
    {
        var longer = new BudgetBlock("users", Now.AddHours(2), "daily");
        var record = BudgetRecord.Unused("client") with { Blocks = [longer] };

        var renewal = BudgetArithmetic.Renew(
            record,
            Ask("a", live: 300) with
            {
                Blocks = [new BudgetBlock("users", Now.AddSeconds(5), "429")],
            },
            Rules,
            Now
        );

        Assert.Equal([longer], renewal.Record.Blocks);
    }

    [Fact]
    public void Without_a_store_all_local_shares_together_are_what_the_store_would_share_out()
    {
        var live = BudgetArithmetic.LocalShare(Rules, BudgetClass.Live, 300, holdersSeen: 1, ramp: 1);
        var operators = BudgetArithmetic.LocalShare(Rules, BudgetClass.Operator, 300, holdersSeen: 1, ramp: 1);

        Assert.Equal(291, 3 * (live + operators), 0.001);
    }

    [Fact]
    public void With_more_holders_than_configured_a_local_share_is_smaller()
    {
        Assert.Equal(
            BudgetArithmetic.LocalShare(Rules with { Replicas = 6 }, BudgetClass.Live, 300, holdersSeen: 1, ramp: 1),
            BudgetArithmetic.LocalShare(Rules, BudgetClass.Live, 300, holdersSeen: 6, ramp: 1)
        );
    }

    /// <summary>Any holders, any wants, any times, any order: the sum of the rates never passes what may be shared out.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_rates_together_never_pass_what_is_usable(int seed)
    {
        var random = new Random(seed);
        var record = BudgetRecord.Unused("client");
        var now = Now;

        for (var step = 0; step < 200; step++)
        {
            now += TimeSpan.FromSeconds(random.NextDouble() * 4);
            var ask = Ask(
                $"holder {random.Next(5)}",
                random.Next(3) == 0 ? 0 : random.Next(300),
                random.Next(3) == 0 ? random.Next(60) : 0
            ) with
            {
                Settling = random.Next(4) == 0,
            };
            var before = record;

            record = BudgetArithmetic.Renew(before, ask, Rules, now).Record;

            var usable = BudgetArithmetic.Usable(300, Math.Max(3, record.Shares.Length));
            var held = record.Shares.Sum(share => share.Rate);
            var mine = record.Shares.Where(share => share.Holder == ask.Holder).Sum(share => share.Rate);
            var othersBefore = held - mine;
            Assert.True(
                mine == 0 || held <= usable + 1e-6,
                $"Step {step}: {held} of {usable}, {othersBefore} by others."
            );
            Assert.Equal(before.Version + 1, record.Version);
        }
    }

    [Fact]
    public void A_crash_loop_leaves_no_more_leases_behind_than_end_within_half_a_minute()
    {
        var record = BudgetRecord.Unused("client");
        var now = Now;
        for (var crash = 0; crash < 200; crash++)
        {
            now += TimeSpan.FromSeconds(2);
            record = BudgetArithmetic.Renew(record, Ask($"dead-{crash}", live: 300), Rules, now).Record;
        }

        Assert.All(
            record.Shares,
            share => Assert.InRange(share.Until - now, TimeSpan.MinValue, TimeSpan.FromSeconds(30))
        );

        now += TimeSpan.FromSeconds(35);
        var survivor = BudgetArithmetic.Renew(record, Ask("survivor", live: 300), Rules, now);
        Assert.Equal(1, survivor.Holders);
        Assert.True(survivor.Live > 280, $"{survivor.Live} calls a minute.");
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    private static BudgetAsk Ask(string holder, double live = 0, double @operator = 0) =>
        new(holder, live, @operator, Limit: 300, Used: 0, Settling: false, ImmutableArray<BudgetBlock>.Empty);
}
