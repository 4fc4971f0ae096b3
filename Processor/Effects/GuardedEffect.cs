using Processor.Processing;
using Processor.Recording;

namespace Processor.Effects;

/// <summary>One effect of one event: claim, find out if need be, run, complete. The order is the guarantee.</summary>
internal sealed partial class GuardedEffect(
    IClaimStore claims,
    EffectsOptions options,
    EffectMetrics metrics,
    TimeProvider time,
    ILogger<GuardedEffect> logger
)
{
    private const int CompletionAttemptsMax = 4;

    private static readonly TimeSpan CompletionPause = TimeSpan.FromMilliseconds(200);

    private readonly RecentKeys _completed = new(options.RememberedMax);

    /// <param name="handler">What is to be done.</param>
    /// <param name="delivery">For which event.</param>
    /// <param name="aborting">The grace period is over: stop what runs. Whatever is not known then is left ambiguous.</param>
    public async Task<Outcome> RunAsync(IEffectHandler handler, Delivery delivery, CancellationToken aborting)
    {
        var genesysEvent = delivery.Event!;
        var key = $"{handler.Name}#{genesysEvent.NaturalKey}";
        if (_completed.Contains(CompletedKey(key, genesysEvent.BodyHash)))
        {
            metrics.Claimed(handler.Name, "already-completed");
            return Outcome.Recorded.Instance;
        }

        if (handler.MustWait(genesysEvent) is { } wait)
        {
            return new Outcome.Deferred(wait.Until, wait.Reason);
        }

        var lease = LeaseFor(delivery);
        if (lease < options.HandlerTimeout)
        {
            // Too little visibility is left to run it safely; the message comes back with all of it. Where all of it is too little (a
            // function whose time-out is short), coming back changes nothing: that is a failure, and in the end a dead letter says so.
            return delivery.Visibility - options.ClockSkewMax < options.HandlerTimeout
                ? new Outcome.Failed(Reasons.TimeoutTooShort)
                : new Outcome.Deferred(delivery.VisibleUntil, Reasons.VisibilityTooShort);
        }

        var asked = time.GetUtcNow();
        var answer = await claims.ClaimAsync(key, genesysEvent.BodyHash, lease, aborting);
        metrics.Claimed(handler.Name, Word(answer));

        return answer switch
        {
            ClaimAnswer.Granted granted => await RunClaimedAsync(handler, delivery, granted, asked, aborting),
            ClaimAnswer.AlreadyCompleted completed when completed.BodyHash == genesysEvent.BodyHash => Remember(
                key,
                completed.BodyHash
            ),
            // The same act with other content: neither silently skipped nor silently repeated. A person decides.
            ClaimAnswer.AlreadyCompleted or ClaimAnswer.InDoubtForAnother => new Outcome.Rejected(
                Reasons.PayloadDiffers
            ),
            ClaimAnswer.HeldByAnother held => new Outcome.Deferred(held.Until, Reasons.ClaimHeld),
            ClaimAnswer.Unavailable => new Outcome.Deferred(
                time.GetUtcNow() + options.Lease,
                Reasons.ClaimsUnavailable
            ),
            _ => throw new System.Diagnostics.UnreachableException($"{answer}"),
        };
    }

    private async Task<Outcome> RunClaimedAsync(
        IEffectHandler handler,
        Delivery delivery,
        ClaimAnswer.Granted granted,
        DateTimeOffset asked,
        CancellationToken aborting
    )
    {
        delivery.RenewClaim = async token =>
            await claims.RenewAsync(granted.Ticket, LeaseFor(delivery), token) != ClaimWrite.Lost;
        try
        {
            // Counted from when the claim was asked for, as its lease is: a run that was not renewed ends before its lease does.
            var over = asked + options.HandlerTimeout;
            using var timeout = new CancellationTokenSource(LeftUntil(over), time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, delivery.Lost, aborting);

            var doubt = granted.Doubt;
            if (time.GetUtcNow() < over && MustLook(doubt))
            {
                var lookedAt = time.GetUtcNow();
                if (await LookAsync(handler, delivery, granted.Ticket, stop.Token) is { } outcome)
                {
                    return outcome;
                }

                doubt = new Doubt.LookedFor(lookedAt);
            }

            if (time.GetUtcNow() >= over)
            {
                // The process stood still, or the table was slow: the claim may be another's now, and this run has not heard of it yet.
                var later = new EffectAnswer.Deferred(time.GetUtcNow() + options.Lease, Reasons.ClaimLost);
                return await ConcludeAsync(granted.Ticket, doubt, delivery, later);
            }

            var effect = await ApplyAsync(handler, delivery, over, stop.Token);
            metrics.Applied(handler.Name, effect);

            // The effect may have happened: from here on only the write matters, and no shutdown may stop it.
            return await ConcludeAsync(granted.Ticket, doubt, delivery, effect);
        }
        finally
        {
            delivery.RenewClaim = null;
        }
    }

    /// <summary>What a look has shown is believed for a while: the write that it was for may have had to wait its turn.</summary>
    private bool MustLook(Doubt doubt) =>
        doubt switch
        {
            Doubt.None => false,
            Doubt.LookedFor looked => time.GetUtcNow() - looked.At > options.LookHolds,
            _ => true,
        };

    /// <summary>Nobody knows the end of an earlier run: it is found out before anything is done again.</summary>
    /// <returns>The outcome, or null when it did not happen so far.</returns>
    private async Task<Outcome?> LookAsync(
        IEffectHandler handler,
        Delivery delivery,
        ClaimTicket ticket,
        CancellationToken stop
    )
    {
        switch (await FindOutAsync(handler, delivery, stop))
        {
            case EffectFinding.DidNotHappen:
                return null;

            case EffectFinding.Happened:
                return await ConcludeAsync(
                    ticket,
                    Doubt.None.Instance,
                    delivery,
                    new EffectAnswer.Completed("found-done")
                );

            case EffectFinding.AskLater later:
                await claims.MarkAmbiguousAsync(ticket, later.Reason, TimeSpan.Zero, CancellationToken.None);
                return new Outcome.Deferred(later.Until, later.Reason);

            case EffectFinding.Unknown unknown:
                await claims.MarkAmbiguousAsync(ticket, unknown.Reason, TimeSpan.Zero, CancellationToken.None);
                return new Outcome.Failed(unknown.Reason);

            case var other:
                throw new System.Diagnostics.UnreachableException($"{other}");
        }
    }

    private static async Task<EffectFinding> FindOutAsync(
        IEffectHandler handler,
        Delivery delivery,
        CancellationToken stop
    )
    {
        try
        {
            return await handler.FindOutAsync(delivery.Event!, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new EffectFinding.Unknown(Reasons.EffectTimeout);
        }
    }

    private static async Task<EffectAnswer> ApplyAsync(
        IEffectHandler handler,
        Delivery delivery,
        DateTimeOffset notAfter,
        CancellationToken stop
    )
    {
        try
        {
            return await handler.ApplyAsync(delivery.Event!, notAfter, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Cut off in the middle: whether the request had left is not known here.
            return new EffectAnswer.Ambiguous(Reasons.EffectTimeout);
        }
    }

    /// <param name="ticket">The claim.</param>
    /// <param name="doubt">Of what was done under earlier ones; a run that did nothing leaves it as it is.</param>
    /// <param name="delivery">For which event.</param>
    /// <param name="effect">What came of this run.</param>
    private async Task<Outcome> ConcludeAsync(ClaimTicket ticket, Doubt doubt, Delivery delivery, EffectAnswer effect)
    {
        // The claim ends here; a renewal that crosses its last write would take the refusal for a loss.
        delivery.RenewClaim = null;

        switch (effect)
        {
            case EffectAnswer.Completed completed:
                var written = await CompleteAsync(ticket, completed.Result);
                if (written == ClaimWrite.Done)
                {
                    return Remember(ticket.Key, delivery.Event!.BodyHash);
                }

                // Done outside and not noted here: the lease runs out, and the next claim finds out before it acts.
                Log.NotNoted(logger, ticket.Key, written);
                return new Outcome.Failed(written == ClaimWrite.Lost ? Reasons.ClaimLost : Reasons.ClaimsUnavailable);

            case EffectAnswer.Ambiguous ambiguous:
                await claims.MarkAmbiguousAsync(ticket, ambiguous.Reason, options.Lease, CancellationToken.None);
                return new Outcome.Failed(ambiguous.Reason);

            case EffectAnswer.Deferred deferred:
                await GiveBackAsync(ticket, doubt, deferred.Reason);
                return new Outcome.Deferred(deferred.Until, deferred.Reason);

            case EffectAnswer.Failed failed:
                await GiveBackAsync(ticket, doubt, failed.Reason);
                return new Outcome.Failed(failed.Reason);

            case EffectAnswer.Rejected rejected:
                await GiveBackAsync(ticket, doubt, rejected.Reason);
                return new Outcome.Rejected(rejected.Reason);

            default:
                throw new System.Diagnostics.UnreachableException($"{effect}");
        }
    }

    /// <summary>
    /// Nothing was done under this claim. That says nothing of those before it: who slept since then may send its request at any time.
    /// </summary>
    private Task<ClaimWrite> GiveBackAsync(ClaimTicket ticket, Doubt doubt, string reason) =>
        doubt switch
        {
            Doubt.None => claims.ReleaseAsync(ticket, CancellationToken.None),
            Doubt.LookedFor looked => claims.KeepDoubtAsync(ticket, reason, looked.At, CancellationToken.None),
            Doubt.Open => claims.MarkAmbiguousAsync(ticket, reason, TimeSpan.Zero, CancellationToken.None),
            _ => throw new System.Diagnostics.UnreachableException($"{doubt}"),
        };

    /// <summary>The one write that is worth repeating: it turns "may have happened" into "did".</summary>
    private async Task<ClaimWrite> CompleteAsync(ClaimTicket ticket, string result)
    {
        for (var attempt = 1; ; attempt++)
        {
            var written = await claims.CompleteAsync(ticket, result, CancellationToken.None);
            if (written != ClaimWrite.Unavailable || attempt == CompletionAttemptsMax)
            {
                return written;
            }

            await Task.Delay(CompletionPause * attempt, time, CancellationToken.None);
        }
    }

    /// <summary>A claim that outlives its message's visibility would meet the next receiver alive (a lease and no owner).</summary>
    private TimeSpan LeaseFor(Delivery delivery)
    {
        var visible = delivery.VisibleUntil - time.GetUtcNow() - options.ClockSkewMax;
        return visible < options.Lease ? visible : options.Lease;
    }

    private TimeSpan LeftUntil(DateTimeOffset over)
    {
        var left = over - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private Outcome.Recorded Remember(string key, string bodyHash)
    {
        _completed.Add(CompletedKey(key, bodyHash));
        return Outcome.Recorded.Instance;
    }

    private static string CompletedKey(string key, string bodyHash) => $"{key}#{bodyHash}";

    private static string Word(ClaimAnswer answer) =>
        answer switch
        {
            ClaimAnswer.Granted { Doubt: Doubt.None } => "granted",
            ClaimAnswer.Granted => "granted-uncertain",
            ClaimAnswer.AlreadyCompleted => "already-completed",
            ClaimAnswer.InDoubtForAnother => "in-doubt-for-another",
            ClaimAnswer.HeldByAnother => "held-by-another",
            _ => "unavailable",
        };

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 240,
            Level = LogLevel.Warning,
            Message = "Effect {Claim} is done, but its claim could not be completed ({Written}); it is found out at the next delivery."
        )]
        public static partial void NotNoted(ILogger logger, string claim, ClaimWrite written);
    }
}
