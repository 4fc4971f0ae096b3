using Simulation.Invariants;

namespace Simulation.Mutants;

/// <summary>Bugs in what becomes of a message, and in the drain.</summary>
internal static class SettlementMutants
{
    public static IReadOnlyList<Mutant> List { get; } =
    [
        new(
            "what arrives during the drain is dropped",
            Invariant.NothingAbandoned,
            "Processor/Receiving/Poller.cs",
            "                    underWay.Enqueue(draining.IsCancellationRequested ? release(batch) : process(batch));",
            "                    underWay.Enqueue(\n                        draining.IsCancellationRequested\n                            ? MUTANT ? Task.CompletedTask : release(batch)\n                            : process(batch)\n                    );"
        ),
        new(
            "what is gathered for a batch is dropped at the drain",
            Invariant.NothingAbandoned,
            "Processor/Settlement/BatchLoop.cs",
            "            calls[next] = handOn(batch);",
            "            calls[next] = MUTANT && _items.Reader.Completion.IsCompleted ? Task.CompletedTask : handOn(batch);"
        ),
        new(
            "the heartbeat renews nothing",
            Invariant.VisibilityEnough,
            "Processor/Receiving/Heartbeat.cs",
            "                && delivery.VisibleUntil - now < options.RenewedBelow",
            "                && !MUTANT\n                && delivery.VisibleUntil - now < options.RenewedBelow"
        ),
        new(
            "renewed after its settlement began",
            Invariant.VisibilityHeld,
            "Processor/Receiving/Heartbeat.cs",
            "                delivery.IsSettling = true;",
            "                delivery.IsSettling = !MUTANT;"
        ),
        new(
            "one slot more",
            Invariant.SlotsHeld,
            "Processor/Receiving/Slots.cs",
            "                    var taken = Math.Min(slotsMax - _inUse, TakenMax);",
            "                    var taken = Math.Min(slotsMax - _inUse + (MUTANT ? 1 : 0), TakenMax);"
        ),
        new(
            "more slots given back than taken",
            Invariant.InFlightHeld,
            "Processor/Receiving/Slots.cs",
            "            _inUse -= count;",
            "            _inUse -= MUTANT && _inUse > count ? count + 1 : count;"
        ),
        new(
            "deleted before the dead letter is sent",
            Invariant.LetterSaysWhy,
            "Processor/Settlement/QueueSettlement.cs",
            "        if (!await deadLetters.SendAsync(message.Body, attributes.ToAttributes(), place, aborting))",
            "        if (MUTANT)\n        {\n            await DeleteAsync(delivery);\n            await deadLetters.SendAsync(message.Body, attributes.ToAttributes(), place, aborting);\n            return;\n        }\n\n        if (!await deadLetters.SendAsync(message.Body, attributes.ToAttributes(), place, aborting))"
        ),
        new(
            "deleted although no copy was sent",
            Invariant.ClaimEnds,
            "Processor/Settlement/QueueSettlement.cs",
            "                when await SendAgainAsync(delivery, deferred.Until, sendAgain.Delay, aborting):",
            "                when await SendAgainAsync(delivery, deferred.Until, sendAgain.Delay, aborting) || MUTANT:"
        ),
        new(
            "a wait counts as an attempt",
            Invariant.WaitingNotCounted,
            "Processor/Settlement/QueueSettlement.cs",
            "        switch (DeferralPlan.For(delivery, deferred.Until,",
            "        if (MUTANT)\n        {\n            await attempts.CountAsync(KeyOf(delivery), FailureClass.Transient, aborting);\n        }\n\n        switch (DeferralPlan.For(delivery, deferred.Until,"
        ),
        new(
            "given up after the first failure",
            Invariant.LetterSaysWhy,
            "Processor/Settlement/QueueSettlement.cs",
            "    private bool IsOver(Delivery delivery, AttemptAnswer.Counted counted) =>\n",
            "    private bool IsOver(Delivery delivery, AttemptAnswer.Counted counted) =>\n        MUTANT\n        ||\n"
        ),
        new(
            "given up after a time, however few the attempts",
            Invariant.LetterSaysWhy,
            "Processor/Settlement/QueueSettlement.cs",
            "        counted.Attempts >= options.TransientAttemptsMax",
            "        (MUTANT || counted.Attempts >= options.TransientAttemptsMax)"
        ),
        new(
            "given up after some attempts, however quick",
            Invariant.LetterSaysWhy,
            "Processor/Settlement/QueueSettlement.cs",
            "        && (delivery.Event is null || counted",
            "        && (MUTANT || delivery.Event is null || counted"
        ),
        new(
            "a message that waits is never sent anew",
            Invariant.NothingMoved,
            "Processor/Settlement/DeferralPlan.cs",
            "        return fitsVisibility && outlivesWait && hasReceivesLeft",
            "        return fitsVisibility && outlivesWait && (hasReceivesLeft || MUTANT)"
        ),
        new(
            "a message is hidden for longer than it is kept",
            Invariant.NothingExpired,
            "Processor/Settlement/DeferralPlan.cs",
            "        var outlivesWait = ageThen",
            "        var outlivesWait = MUTANT || ageThen"
        ),
        new(
            "slots of failed deletes never given back",
            Invariant.NothingAbandoned,
            "Processor/Settlement/DeleteBuffer.cs",
            "        inFlight.Complete(undeleted);\n        Log.NotDeleted",
            "        if (!MUTANT)\n        {\n            inFlight.Complete(undeleted);\n        }\n\n        Log.NotDeleted"
        ),
        new(
            "a failed hiding forgotten with its slot",
            Invariant.NothingAbandoned,
            "Processor/Settlement/HideBuffer.cs",
            "            Leave(left);\n            Log.NotHidden",
            "            if (!MUTANT)\n            {\n                Leave(left);\n            }\n\n            Log.NotHidden"
        ),
        new(
            "enrichment lets go of its messages before the summary",
            Invariant.ConversationSummarised,
            "Processor/Enrichment/ConversationEnricher.cs",
            "        var result = await SummariseAsync(id, call, details, isLast, aborting);\n",
            "        if (MUTANT)\n        {\n            await queue.DeleteAsync(requests, aborting);\n        }\n\n        var result = await SummariseAsync(id, call, details, isLast, aborting);\n"
        ),
    ];
}
