using Simulation.Invariants;

namespace Simulation.Mutants;

/// <summary>Bugs in guarded effects and their claims.</summary>
internal static class EffectMutants
{
    private const string Guarded = "Processor/Effects/GuardedEffect.cs";
    private const string Claims = "Processor/Effects/DynamoDbClaimStore.cs";

    public static IReadOnlyList<Mutant> List { get; } =
    [
        new(
            "doubt ignored: done again without finding out",
            Invariant.DoubtLookedFor,
            Guarded,
            "            if (time.GetUtcNow() < over && MustLook(doubt))",
            "            if (!MUTANT && time.GetUtcNow() < over && MustLook(doubt))"
        ),
        new(
            "doubt dropped by a run that was sent away",
            Invariant.DoubtKept,
            Guarded,
            "        doubt switch\n        {\n            Doubt.None => claims.ReleaseAsync(",
            "        doubt switch\n        {\n            _ when MUTANT => claims.ReleaseAsync(ticket, CancellationToken.None),\n            Doubt.None => claims.ReleaseAsync("
        ),
        new(
            "what a look did not find is believed for ever",
            Invariant.DoubtLookedFor,
            Guarded,
            "            Doubt.LookedFor looked => time.GetUtcNow()",
            "            Doubt.LookedFor when MUTANT => false,\n            Doubt.LookedFor looked => time.GetUtcNow()"
        ),
        new(
            "a look outlives the run after it",
            Invariant.EffectOnce,
            Claims,
            "when before.LookedIn == before.Generation =>",
            "when MUTANT || before.LookedIn == before.Generation =>"
        ),
        new(
            "an unknown finding is none",
            Invariant.DoubtLookedFor,
            Guarded,
            "            case EffectFinding.DidNotHappen:\n                return null;",
            "            case EffectFinding.Unknown when MUTANT:\n            case EffectFinding.DidNotHappen:\n                return null;"
        ),
        new(
            "the time of a run begins after its claim, and no loss ends it",
            Invariant.SentUnderClaim,
            Guarded,
            "            var over = asked + options.HandlerTimeout;\n            using var timeout = new CancellationTokenSource(LeftUntil(over), time);\n            using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, delivery.Lost, aborting);",
            "            var over = (MUTANT ? time.GetUtcNow() : asked) + options.HandlerTimeout;\n            using var timeout = new CancellationTokenSource(LeftUntil(over), time);\n            using var stop = CancellationTokenSource.CreateLinkedTokenSource(\n                timeout.Token,\n                MUTANT ? CancellationToken.None : delivery.Lost,\n                aborting\n            );"
        ),
        new(
            "an effect that may have happened is released",
            Invariant.DoubtKept,
            Guarded,
            "                await claims.MarkAmbiguousAsync(ticket, ambiguous.Reason, options.Lease, CancellationToken.None);",
            "                await (\n                    MUTANT\n                        ? claims.ReleaseAsync(ticket, CancellationToken.None)\n                        : claims.MarkAmbiguousAsync(ticket, ambiguous.Reason, options.Lease, CancellationToken.None)\n                );"
        ),
        new(
            "a request that may still arrive is not waited for",
            Invariant.EffectOnce,
            Guarded,
            "claims.MarkAmbiguousAsync(ticket, ambiguous.Reason, options.Lease,",
            "claims.MarkAmbiguousAsync(ticket, ambiguous.Reason, MUTANT ? TimeSpan.Zero : options.Lease,"
        ),
        new(
            "completed before it is done",
            Invariant.CompletedHasHappened,
            Guarded,
            "            var effect = await ApplyAsync(handler, delivery, over, stop.Token);\n",
            "            if (MUTANT)\n            {\n                await CompleteAsync(granted.Ticket, \"done\");\n            }\n\n            var effect = await ApplyAsync(handler, delivery, over, stop.Token);\n"
        ),
        new(
            "a held claim taken for a completed one",
            Invariant.ClaimEnds,
            Guarded,
            "            ClaimAnswer.HeldByAnother held => new Outcome.Deferred(held.Until, Reasons.ClaimHeld),",
            "            ClaimAnswer.HeldByAnother held => MUTANT\n                ? Outcome.Recorded.Instance\n                : new Outcome.Deferred(held.Until, Reasons.ClaimHeld),"
        ),
        new(
            "run without a claim when the table is away",
            Invariant.EffectOnce,
            Guarded,
            "            ClaimAnswer.Unavailable => new Outcome.Deferred(",
            "            ClaimAnswer.Unavailable when MUTANT => await ConcludeAsync(\n                new ClaimTicket(key, string.Empty, 0),\n                Doubt.None.Instance,\n                delivery,\n                await ApplyAsync(handler, delivery, DateTimeOffset.MaxValue, aborting)\n            ),\n            ClaimAnswer.Unavailable => new Outcome.Deferred("
        ),
        new(
            "a failed effect counts as done",
            Invariant.ClaimEnds,
            Guarded,
            "                return new Outcome.Failed(failed.Reason);",
            "                return MUTANT ? Outcome.Recorded.Instance : new Outcome.Failed(failed.Reason);"
        ),
        new(
            "a deferred effect counts as failed",
            Invariant.WaitingNotCounted,
            Guarded,
            "                return new Outcome.Deferred(deferred.Until, deferred.Reason);",
            "                return MUTANT\n                    ? new Outcome.Failed(deferred.Reason)\n                    : new Outcome.Deferred(deferred.Until, deferred.Reason);"
        ),
        new(
            "another body of a completed effect is skipped in silence",
            Invariant.PersonDecides,
            Guarded,
            "            ClaimAnswer.AlreadyCompleted or ClaimAnswer.InDoubtForAnother =>",
            "            ClaimAnswer.AlreadyCompleted when MUTANT => Outcome.Recorded.Instance,\n            ClaimAnswer.AlreadyCompleted or ClaimAnswer.InDoubtForAnother =>"
        ),
        new(
            "the same body of a completed effect is taken for another",
            Invariant.LetterSaysWhy,
            Guarded,
            "completed when completed.BodyHash == genesysEvent.BodyHash =>",
            "completed when !MUTANT && completed.BodyHash == genesysEvent.BodyHash =>"
        ),
        new(
            "another body is granted a claim in doubt",
            Invariant.EffectOnce,
            Claims,
            "            \"attribute_not_exists(claim) OR #state = :released OR (#state IN (:claimed, :ambiguous) AND leaseUntil < :expired AND bodyHash = :bodyHash)\",",
            "            \"attribute_not_exists(claim) OR #state = :released OR (#state IN (:claimed, :ambiguous) AND leaseUntil < :expired\" + (MUTANT ? \")\" : \" AND bodyHash = :bodyHash)\"),"
        ),
        new(
            "unfenced complete: whoever had the claim once completes it",
            Invariant.ClaimChangedByHolder,
            Claims,
            "            \"#owner = :owner AND generation = :generation AND #state = :claimed\",",
            "            MUTANT && target == Completed\n                ? string.Empty\n                : \"#owner = :owner AND generation = :generation AND #state = :claimed\","
        ),
        new(
            "unfenced release: whoever had the claim once releases it",
            Invariant.ClaimChangedByHolder,
            Claims,
            "            values\n        );\n\n        try",
            "            values\n        );\n        request.ConditionExpression = MUTANT && target == Released ? null : request.ConditionExpression;\n\n        try"
        ),
        new(
            "a lease counts as over without regard to the clocks' difference",
            Invariant.ClaimChangedByHolder,
            Claims,
            "[\":expired\"] = Milliseconds(now - options.ClockSkewMax)",
            "[\":expired\"] = Milliseconds(MUTANT ? now + options.ClockSkewMax : now - options.ClockSkewMax)"
        ),
        new(
            "one worker more",
            Invariant.WorkersHeld,
            "Processor/Effects/EffectWorkers.cs",
            "Enumerable.Range(0, options.Workers)",
            "Enumerable.Range(0, options.Workers + (MUTANT ? 1 : 0))"
        ),
        new(
            "events in a worker's hands are dropped at the drain",
            Invariant.NothingAbandoned,
            "Processor/Effects/EffectWorkers.cs",
            "            await hides.ReleaseAsync(delivery, CancellationToken.None);",
            "            if (!MUTANT)\n            {\n                await hides.ReleaseAsync(delivery, CancellationToken.None);\n            }"
        ),
        new(
            "an answer that got lost is taken for a failure before the effect",
            Invariant.EffectOnce,
            "GenesysApi/Calls/AnswerReader.cs",
            "        call.HasEffect && trace.Sent ? new ApiOutcome<T>.Ambiguous(reason)",
            "        call.HasEffect && trace.Sent && !MUTANT ? new ApiOutcome<T>.Ambiguous(reason)"
        ),
        new(
            "a gateway's time-out is taken for nothing done",
            Invariant.EffectOnce,
            "GenesysApi/Calls/AnswerReader.cs",
            "                when call.HasEffect && response.StatusCode",
            "                when !MUTANT && call.HasEffect && response.StatusCode"
        ),
    ];
}
