using Processor.Effects;
using Testing;

namespace Processor.Tests.Contracts;

/// <summary>What guarded effects rely on in their store of claims: the fence.</summary>
public abstract class ClaimStoreContract
{
    private const string Key = "handler#event";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Skew = new EffectsOptions().ClockSkewMax;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private protected ManualTimeProvider Time { get; } = new();

    private protected abstract Task<IClaimStore> NewStoreAsync();

    private protected abstract Task<IClaimStore> NewMissingStoreAsync();

    [Fact]
    public async Task The_first_to_ask_is_granted_the_claim()
    {
        var store = await NewStoreAsync();

        var granted = await GrantedAsync(store);

        Assert.Equal(1, granted.Ticket.Generation);
        Assert.IsType<Doubt.None>(granted.Doubt);
    }

    [Fact]
    public async Task Claims_of_other_keys_are_not_in_the_way()
    {
        var store = await NewStoreAsync();
        await GrantedAsync(store);

        Assert.IsType<ClaimAnswer.Granted>(await store.ClaimAsync("other", "hash", Lease, CancellationToken));
    }

    [Fact]
    public async Task Who_asks_while_another_holds_it_is_told_until_when()
    {
        var store = await NewStoreAsync();
        await GrantedAsync(store);

        var held = Assert.IsType<ClaimAnswer.HeldByAnother>(await ClaimAsync(store));

        Assert.Equal(Time.GetUtcNow() + Lease + Skew, held.Until);
    }

    [Fact]
    public async Task A_lease_that_ended_less_than_the_clocks_may_differ_ago_still_holds()
    {
        var store = await NewStoreAsync();
        await GrantedAsync(store);
        Time.Advance(Lease + Skew);

        Assert.IsType<ClaimAnswer.HeldByAnother>(await ClaimAsync(store));
    }

    [Fact]
    public async Task A_lease_that_ended_is_taken_over_by_a_new_generation_that_must_find_out_first()
    {
        var store = await NewStoreAsync();
        var first = await GrantedAsync(store);
        Time.Advance(Lease + Skew + TimeSpan.FromMilliseconds(1));

        var second = await GrantedAsync(store);

        Assert.Equal(2, second.Ticket.Generation);
        Assert.NotEqual(first.Ticket.Owner, second.Ticket.Owner);
        Assert.IsType<Doubt.Open>(second.Doubt);
    }

    [Fact]
    public async Task A_renewed_lease_holds_longer()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store);
        Time.Advance(Lease / 2);

        Assert.Equal(ClaimWrite.Done, await store.RenewAsync(granted.Ticket, Lease, CancellationToken));

        var held = Assert.IsType<ClaimAnswer.HeldByAnother>(await ClaimAsync(store));
        Assert.Equal(Time.GetUtcNow() + Lease + Skew, held.Until);
    }

    [Fact]
    public async Task A_released_claim_starts_with_a_clean_sheet()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store);

        Assert.Equal(ClaimWrite.Done, await store.ReleaseAsync(granted.Ticket, CancellationToken));

        Assert.IsType<Doubt.None>((await GrantedAsync(store)).Doubt);
    }

    [Fact]
    public async Task A_claim_in_doubt_is_granted_to_nobody_while_the_effect_may_still_happen()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store);

        Assert.Equal(ClaimWrite.Done, await DoubtAsync(store, granted.Ticket, mayStillHappenFor: Lease));

        var held = Assert.IsType<ClaimAnswer.HeldByAnother>(await ClaimAsync(store));
        Assert.Equal(Time.GetUtcNow() + Lease + Skew, held.Until);
    }

    [Fact]
    public async Task A_claim_in_doubt_must_be_found_out_by_the_next_who_is_granted_it()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store);
        await DoubtAsync(store, granted.Ticket, mayStillHappenFor: Lease);
        Time.Advance(Lease + Skew + TimeSpan.FromMilliseconds(1));

        Assert.IsType<Doubt.Open>((await GrantedAsync(store)).Doubt);
    }

    [Fact]
    public async Task A_claim_in_doubt_under_which_nothing_was_begun_is_free_at_once()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store);

        await DoubtAsync(store, granted.Ticket, mayStillHappenFor: TimeSpan.Zero);

        Assert.IsType<Doubt.Open>((await GrantedAsync(store)).Doubt);
    }

    /// <summary>Seed 1506: the other body found that its own was not there, and wrote over what the first had done.</summary>
    [Fact]
    public async Task A_claim_in_doubt_is_not_granted_for_another_body()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store, bodyHash: "hash-1");
        await DoubtAsync(store, granted.Ticket, mayStillHappenFor: TimeSpan.Zero);

        var doubted = Assert.IsType<ClaimAnswer.InDoubtForAnother>(await ClaimAsync(store, bodyHash: "hash-2"));

        Assert.Equal("hash-1", doubted.BodyHash);
        Assert.IsType<Doubt.Open>((await GrantedAsync(store, bodyHash: "hash-1")).Doubt);
    }

    [Fact]
    public async Task A_doubt_that_is_kept_is_free_at_once_and_tells_when_it_was_looked_for()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store);
        var lookedAt = Time.GetUtcNow();
        Time.Advance(Lease / 2);

        Assert.Equal(ClaimWrite.Done, await KeepDoubtAsync(store, granted.Ticket, lookedAt));

        Assert.Equal(new Doubt.LookedFor(lookedAt), (await GrantedAsync(store)).Doubt);
    }

    [Fact]
    public async Task A_doubt_that_was_kept_and_then_claimed_is_to_be_looked_for_again()
    {
        var store = await NewStoreAsync();
        await KeepDoubtAsync(store, (await GrantedAsync(store)).Ticket, Time.GetUtcNow());
        await GrantedAsync(store);
        Time.Advance(Lease + Skew + TimeSpan.FromMilliseconds(1));

        Assert.IsType<Doubt.Open>((await GrantedAsync(store)).Doubt);
    }

    /// <summary>Whoever had it in between may have done it, and may be of an older build that knows nothing of looks.</summary>
    [Fact]
    public async Task A_look_is_not_believed_after_another_claim_that_ended_in_doubt()
    {
        var store = await NewStoreAsync();
        await KeepDoubtAsync(store, (await GrantedAsync(store)).Ticket, Time.GetUtcNow());
        await DoubtAsync(store, (await GrantedAsync(store)).Ticket, mayStillHappenFor: TimeSpan.Zero);

        Assert.IsType<Doubt.Open>((await GrantedAsync(store)).Doubt);
    }

    [Fact]
    public async Task A_doubt_that_is_kept_is_not_granted_for_another_body()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store, bodyHash: "hash-1");
        await KeepDoubtAsync(store, granted.Ticket, Time.GetUtcNow());

        Assert.IsType<ClaimAnswer.InDoubtForAnother>(await ClaimAsync(store, bodyHash: "hash-2"));
    }

    [Fact]
    public async Task A_completed_claim_is_never_granted_again_and_tells_result_and_payload()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store, bodyHash: "hash-1");

        Assert.Equal(ClaimWrite.Done, await store.CompleteAsync(granted.Ticket, "applied", CancellationToken));
        Time.Advance(TimeSpan.FromDays(1));

        var completed = Assert.IsType<ClaimAnswer.AlreadyCompleted>(await ClaimAsync(store, bodyHash: "hash-2"));
        Assert.Equal(("applied", "hash-1"), (completed.Result, completed.BodyHash));
    }

    [Fact]
    public async Task Completing_twice_is_completing_because_the_first_answer_may_have_been_lost()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store);
        await store.CompleteAsync(granted.Ticket, "applied", CancellationToken);

        Assert.Equal(ClaimWrite.Done, await store.CompleteAsync(granted.Ticket, "applied", CancellationToken));
    }

    [Fact]
    public async Task A_claim_whose_lease_ended_can_be_completed_as_long_as_nobody_took_it_over()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store);
        Time.Advance(Lease * 2);

        Assert.Equal(ClaimWrite.Done, await store.CompleteAsync(granted.Ticket, "applied", CancellationToken));
    }

    [Fact]
    public async Task A_completed_claim_can_be_neither_renewed_nor_released_nor_doubted()
    {
        var store = await NewStoreAsync();
        var granted = await GrantedAsync(store);
        await store.CompleteAsync(granted.Ticket, "applied", CancellationToken);

        Assert.Equal(ClaimWrite.Lost, await store.RenewAsync(granted.Ticket, Lease, CancellationToken));
        Assert.Equal(ClaimWrite.Lost, await store.ReleaseAsync(granted.Ticket, CancellationToken));
        Assert.Equal(ClaimWrite.Lost, await DoubtAsync(store, granted.Ticket, mayStillHappenFor: Lease));
        Assert.Equal(ClaimWrite.Lost, await KeepDoubtAsync(store, granted.Ticket, Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_stale_owner_can_do_nothing_to_the_claim_of_another()
    {
        var store = await NewStoreAsync();
        var stale = (await GrantedAsync(store)).Ticket;
        Time.Advance(Lease + Skew + TimeSpan.FromSeconds(1));
        var current = (await GrantedAsync(store)).Ticket;

        Assert.Equal(ClaimWrite.Lost, await store.RenewAsync(stale, Lease, CancellationToken));
        Assert.Equal(ClaimWrite.Lost, await store.ReleaseAsync(stale, CancellationToken));
        Assert.Equal(ClaimWrite.Lost, await DoubtAsync(store, stale, mayStillHappenFor: Lease));
        Assert.Equal(ClaimWrite.Lost, await KeepDoubtAsync(store, stale, Time.GetUtcNow()));
        Assert.Equal(ClaimWrite.Lost, await store.CompleteAsync(stale, "applied", CancellationToken));
        Assert.Equal(ClaimWrite.Done, await store.CompleteAsync(current, "applied", CancellationToken));
    }

    [Fact]
    public async Task A_store_that_is_not_there_grants_nothing()
    {
        var store = await NewMissingStoreAsync();
        var ticket = new ClaimTicket(Key, "owner", 1);

        Assert.IsType<ClaimAnswer.Unavailable>(await ClaimAsync(store));
        Assert.Equal(ClaimWrite.Unavailable, await store.RenewAsync(ticket, Lease, CancellationToken));
        Assert.Equal(ClaimWrite.Unavailable, await store.CompleteAsync(ticket, "applied", CancellationToken));
    }

    private static Task<ClaimWrite> DoubtAsync(IClaimStore store, ClaimTicket ticket, TimeSpan mayStillHappenFor) =>
        store.MarkAmbiguousAsync(ticket, "timeout", mayStillHappenFor, CancellationToken);

    private static Task<ClaimWrite> KeepDoubtAsync(IClaimStore store, ClaimTicket ticket, DateTimeOffset lookedAt) =>
        store.KeepDoubtAsync(ticket, "budget empty", lookedAt, CancellationToken);

    private static Task<ClaimAnswer> ClaimAsync(IClaimStore store, string bodyHash = "hash") =>
        store.ClaimAsync(Key, bodyHash, Lease, CancellationToken);

    private static async Task<ClaimAnswer.Granted> GrantedAsync(IClaimStore store, string bodyHash = "hash") =>
        Assert.IsType<ClaimAnswer.Granted>(await ClaimAsync(store, bodyHash));
}
