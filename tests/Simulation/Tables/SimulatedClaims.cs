using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Processor.Effects;
using Processor.Processing;
using Processor.Testing.Watching;
using Processor.Testing.World;

namespace Simulation.Tables;

/// <summary>
/// The table <c>effect-claims</c> as the store of production writes it, judged write by write: who does not hold a claim changes
/// nothing of it, whatever became of him since he did.
/// </summary>
internal sealed class SimulatedClaims : IDisposable
{
    private const string Table = "effect-claims";
    private const string Claimed = "claimed";
    private const string Ambiguous = "ambiguous";
    private const string Completed = "completed";
    private const string Released = "released";

    private static readonly EffectsOptions Options = new();
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMilliseconds(200);

    private readonly SilentMeters _meters = new();
    private readonly Ledger _ledger;
    private readonly SimulatedDynamoDb _dynamoDb;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, TimeSpan> _skews = [];
    private readonly Dictionary<string, GrantedClaim> _granted = [];
    private readonly Dictionary<string, EffectTries> _tries = [];
    private (ClaimTicket? Ticket, TimeSpan Skew) _sender;

    public SimulatedClaims(TimeProvider time, Faults faults)
    {
        (_time, Faults) = (time, faults);
        _ledger = new Ledger(_meters);
        _dynamoDb = new SimulatedDynamoDb("claim", faults, WatchOfNextRequest);
    }

    public Faults Faults { get; }

    /// <summary>The first write that nobody was entitled to; null when there was none.</summary>
    public string? Broken { get; private set; }

    /// <summary>The first claim in doubt that was given back as if there were none; null when there was none.</summary>
    public string? DoubtDropped { get; private set; }

    /// <summary>The store as one process sees it.</summary>
    /// <param name="clock">Of that process: expiry is written by one clock and judged by another.</param>
    public IClaimStore SeenBy(TimeProvider clock) =>
        new Named(
            this,
            new DynamoDbClaimStore(_dynamoDb, Table, Options, clock, _ledger),
            clock.GetUtcNow() - _time.GetUtcNow()
        );

    /// <returns>Null when nobody ever claimed it.</returns>
    public string? StateOf(string key) => _dynamoDb.Find(key)?.GetValueOrDefault("state")?.S;

    public bool IsCompleted(string key) => StateOf(key) == Completed;

    /// <summary>Of the event that it was claimed for.</summary>
    public string? BodyHashOf(string key) => _dynamoDb.Find(key)?.GetValueOrDefault("bodyHash")?.S;

    public void Dispose()
    {
        _dynamoDb.Dispose();
        _meters.Dispose();
    }

    private Action<Dictionary<string, AttributeValue>?, Dictionary<string, AttributeValue>> WatchOfNextRequest()
    {
        var (ticket, skew) = _sender;
        var (run, askedAt) = (EffectRun.Current, _time.GetUtcNow());
        return (before, after) =>
        {
            Judge(ticket, before, after);
            var key = after["claim"].S;
            if (ticket is null)
            {
                _tries.TryAdd(key, new EffectTries());
                _granted[key] = new GrantedClaim(askedAt, GenerationOf(after), IsInDoubt(before))
                {
                    Tries = _tries[key],
                };
                run?.Claim = _granted[key];
            }

            if (after["state"].S == Claimed)
            {
                _granted[key].LeaseUntil = DateTimeOffset.FromUnixTimeMilliseconds(LeaseOf(after));
            }

            NoteDoubt(_granted[key], after);
            _skews[key] = skew;
        };
    }

    /// <summary>Whoever did nothing under a claim in doubt gives the doubt back with it.</summary>
    private void NoteDoubt(GrantedClaim claim, Dictionary<string, AttributeValue> after)
    {
        if (claim.IsInDoubt && after["state"].S == Released)
        {
            DoubtDropped ??= $"{after["claim"].S} went from a doubt to {WordsOf(after)}";
        }
    }

    /// <summary>Who asks for a claim reads a lease that another clock has written.</summary>
    private void NoteClocks(string key, TimeSpan skew)
    {
        if (_skews.TryGetValue(key, out var written) && (written - skew).Duration() > ClocksDiffer)
        {
            Faults.Note(nameof(IClaimStore.ClaimAsync), "OtherClock");
        }
    }

    private void Judge(
        ClaimTicket? ticket,
        Dictionary<string, AttributeValue>? before,
        Dictionary<string, AttributeValue> after
    )
    {
        if (!(ticket is null ? IsFree(before) : IsHeldBy(ticket, before, after["state"].S)))
        {
            Broken ??=
                $"{after["claim"].S} went from {WordsOf(before)} to {WordsOf(after)} by {(ticket is null ? "a new claim" : $"claim {ticket.Generation}")}";
        }
    }

    /// <summary>Who ends a claim may say so twice: it does not know whether it was heard.</summary>
    private static bool IsHeldBy(ClaimTicket ticket, Dictionary<string, AttributeValue>? item, string target) =>
        item is not null
        && (item["state"].S == Claimed || item["state"].S == target)
        && item["owner"].S == ticket.Owner
        && item["generation"].N == ticket.Generation.ToString(CultureInfo.InvariantCulture);

    /// <summary>Nobody holds it, by the world's own clock: those of the processes differ by less than they allow for.</summary>
    private bool IsFree(Dictionary<string, AttributeValue>? item) =>
        item is null
        || item["state"].S == Released
        || (item["state"].S != Completed && LeaseOf(item) < _time.GetUtcNow().ToUnixTimeMilliseconds());

    private static bool IsInDoubt(Dictionary<string, AttributeValue>? item) =>
        item is not null && item["state"].S is Claimed or Ambiguous;

    private static long GenerationOf(Dictionary<string, AttributeValue> item) =>
        long.Parse(item["generation"].N, CultureInfo.InvariantCulture);

    private static long LeaseOf(Dictionary<string, AttributeValue> item) =>
        long.Parse(item["leaseUntil"].N, CultureInfo.InvariantCulture);

    /// <summary>Not its owner: that is a new name in every run, and a violation is to be told twice in the same words.</summary>
    private static string WordsOf(Dictionary<string, AttributeValue>? item) =>
        item is null ? "nothing" : $"{item["state"].S} ({item["generation"].N})";

    /// <summary>Whoever asks says in whose name: the store sends its request before it waits for anything.</summary>
    private sealed class Named(SimulatedClaims table, DynamoDbClaimStore store, TimeSpan skew) : IClaimStore
    {
        public Task<ClaimAnswer> ClaimAsync(
            string key,
            string bodyHash,
            TimeSpan lease,
            CancellationToken cancellationToken
        )
        {
            table.NoteClocks(key, skew);
            table._sender = (null, skew);
            return store.ClaimAsync(key, bodyHash, lease, cancellationToken);
        }

        public Task<ClaimWrite> RenewAsync(ClaimTicket ticket, TimeSpan lease, CancellationToken cancellationToken)
        {
            table._sender = (ticket, skew);
            return store.RenewAsync(ticket, lease, cancellationToken);
        }

        public Task<ClaimWrite> CompleteAsync(ClaimTicket ticket, string result, CancellationToken cancellationToken)
        {
            table._sender = (ticket, skew);
            return store.CompleteAsync(ticket, result, cancellationToken);
        }

        public Task<ClaimWrite> ReleaseAsync(ClaimTicket ticket, CancellationToken cancellationToken)
        {
            table._sender = (ticket, skew);
            return store.ReleaseAsync(ticket, cancellationToken);
        }

        public Task<ClaimWrite> MarkAmbiguousAsync(
            ClaimTicket ticket,
            string reason,
            TimeSpan mayStillHappenFor,
            CancellationToken cancellationToken
        )
        {
            table._sender = (ticket, skew);
            return store.MarkAmbiguousAsync(ticket, reason, mayStillHappenFor, cancellationToken);
        }

        public Task<ClaimWrite> KeepDoubtAsync(
            ClaimTicket ticket,
            string reason,
            DateTimeOffset lookedAt,
            CancellationToken cancellationToken
        )
        {
            table._sender = (ticket, skew);
            return store.KeepDoubtAsync(ticket, reason, lookedAt, cancellationToken);
        }
    }
}
