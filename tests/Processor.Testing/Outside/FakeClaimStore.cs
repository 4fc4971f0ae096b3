using Processor.Effects;
using Processor.Testing.World;

namespace Processor.Testing.Outside;

/// <summary>The table <c>effect-claims</c> in memory: one conditional write at a time, judged by the clock of the process that writes.</summary>
/// <param name="time">How long answers take.</param>
/// <param name="random">Chance.</param>
/// <param name="skewMax">What clocks may differ by.</param>
internal sealed class FakeClaimStore(TimeProvider time, Random random, TimeSpan skewMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredClaim> _claims = [];
    private int _owners;

    public Faults Faults { get; } = new(time, random);

    public IReadOnlyDictionary<string, StoredClaim> Claims
    {
        get
        {
            lock (_gate)
            {
                return _claims.ToDictionary();
            }
        }
    }

    /// <summary>The store as one process sees it.</summary>
    /// <param name="clock">Of that process: expiry is written by one clock and judged by another.</param>
    public IClaimStore SeenBy(TimeProvider clock) => new View(this, clock);

    private ClaimAnswer Claim_NeedsLock(string key, string bodyHash, DateTimeOffset now, TimeSpan lease)
    {
        var before = _claims.GetValueOrDefault(key);
        var isFree =
            before is null or { State: ClaimState.Released }
            || (
                before.State != ClaimState.Completed && before.LeaseUntil < now - skewMax && before.BodyHash == bodyHash
            );
        if (before is not null && !isFree)
        {
            return before.State == ClaimState.Completed
                    ? new ClaimAnswer.AlreadyCompleted(before.Result, before.BodyHash)
                : before.LeaseUntil < now - skewMax ? new ClaimAnswer.InDoubtForAnother(before.BodyHash)
                : new ClaimAnswer.HeldByAnother(before.LeaseUntil + skewMax);
        }

        var ticket = new ClaimTicket(key, $"owner-{++_owners}", (before?.Generation ?? 0) + 1);
        _claims[key] = new StoredClaim(
            ClaimState.Claimed,
            ticket.Owner,
            ticket.Generation,
            now + lease,
            bodyHash,
            before?.Result ?? string.Empty
        );
        return new ClaimAnswer.Granted(
            ticket,
            before switch
            {
                { State: ClaimState.Ambiguous, LookedAt: { } lookedAt } => new Doubt.LookedFor(lookedAt),
                { State: ClaimState.Claimed or ClaimState.Ambiguous } => Doubt.Open.Instance,
                _ => Doubt.None.Instance,
            }
        );
    }

    private ClaimWrite Write_NeedsLock(ClaimTicket ticket, Func<StoredClaim, StoredClaim> change)
    {
        if (
            _claims.GetValueOrDefault(ticket.Key) is not { } claim
            || claim.Owner != ticket.Owner
            || claim.Generation != ticket.Generation
        )
        {
            return ClaimWrite.Lost;
        }

        var changed = change(claim);
        if (claim.State != ClaimState.Claimed)
        {
            // A first try whose answer was lost left the state this one asks for.
            return claim.State == changed.State ? ClaimWrite.Done : ClaimWrite.Lost;
        }

        _claims[ticket.Key] = changed;
        return ClaimWrite.Done;
    }

    private Task<T> ServeAsync<T>(
        string operation,
        Func<T> serve,
        T unavailable,
        CancellationToken cancellationToken
    ) =>
        Asking.AskAsync(
            async () =>
            {
                var fault = await Faults.ArriveAsync(operation);
                var answer = unavailable;
                if (fault != Fault.Away)
                {
                    lock (_gate)
                    {
                        answer = serve();
                    }
                }

                await Faults.TravelAsync();
                return fault == Fault.AnswerLost ? unavailable : answer;
            },
            cancellationToken
        );

    private sealed class View(FakeClaimStore store, TimeProvider clock) : IClaimStore
    {
        public Task<ClaimAnswer> ClaimAsync(
            string key,
            string bodyHash,
            TimeSpan lease,
            CancellationToken cancellationToken
        )
        {
            var now = clock.GetUtcNow();
            return store.ServeAsync(
                nameof(ClaimAsync),
                () => store.Claim_NeedsLock(key, bodyHash, now, lease),
                new ClaimAnswer.Unavailable("away"),
                cancellationToken
            );
        }

        public Task<ClaimWrite> RenewAsync(ClaimTicket ticket, TimeSpan lease, CancellationToken cancellationToken)
        {
            var until = clock.GetUtcNow() + lease;
            return WriteAsync(
                nameof(RenewAsync),
                ticket,
                claim => claim with { State = ClaimState.Claimed, LeaseUntil = until },
                cancellationToken
            );
        }

        public Task<ClaimWrite> CompleteAsync(ClaimTicket ticket, string result, CancellationToken cancellationToken) =>
            WriteAsync(
                nameof(CompleteAsync),
                ticket,
                claim => claim with { State = ClaimState.Completed, Result = result },
                cancellationToken
            );

        public Task<ClaimWrite> ReleaseAsync(ClaimTicket ticket, CancellationToken cancellationToken) =>
            WriteAsync(
                nameof(ReleaseAsync),
                ticket,
                claim => claim with { State = ClaimState.Released },
                cancellationToken
            );

        public Task<ClaimWrite> MarkAmbiguousAsync(
            ClaimTicket ticket,
            string reason,
            TimeSpan mayStillHappenFor,
            CancellationToken cancellationToken
        )
        {
            var until =
                mayStillHappenFor > TimeSpan.Zero ? clock.GetUtcNow() + mayStillHappenFor : DateTimeOffset.UnixEpoch;
            return WriteAsync(
                nameof(MarkAmbiguousAsync),
                ticket,
                claim => claim with { State = ClaimState.Ambiguous, Result = reason, LeaseUntil = until },
                cancellationToken
            );
        }

        public Task<ClaimWrite> KeepDoubtAsync(
            ClaimTicket ticket,
            string reason,
            DateTimeOffset lookedAt,
            CancellationToken cancellationToken
        ) =>
            WriteAsync(
                nameof(KeepDoubtAsync),
                ticket,
                claim =>
                    claim with
                    {
                        State = ClaimState.Ambiguous,
                        Result = reason,
                        LeaseUntil = DateTimeOffset.UnixEpoch,
                        LookedAt = lookedAt,
                    },
                cancellationToken
            );

        private Task<ClaimWrite> WriteAsync(
            string operation,
            ClaimTicket ticket,
            Func<StoredClaim, StoredClaim> change,
            CancellationToken cancellationToken
        ) =>
            store.ServeAsync(
                operation,
                () => store.Write_NeedsLock(ticket, change),
                ClaimWrite.Unavailable,
                cancellationToken
            );
    }
}

internal enum ClaimState
{
    Claimed,
    Released,
    Ambiguous,
    Completed,
}

internal sealed record StoredClaim(
    ClaimState State,
    string Owner,
    long Generation,
    DateTimeOffset LeaseUntil,
    string BodyHash,
    string Result
)
{
    /// <summary>When the effect was last looked for and not found; null under a new claim, which may do it.</summary>
    public DateTimeOffset? LookedAt { get; init; }
}
