using Simulation.Invariants;

namespace Simulation.Mutants;

/// <summary>Bugs on the way from the queue to the table.</summary>
internal static class RecordingMutants
{
    public static IReadOnlyList<Mutant> List { get; } =
    [
        new(
            "marked as recorded before it is written",
            Invariant.EventRecordedOnce,
            "Processor/Recording/EventRecorder.cs",
            "        pending.Add(\n            new Pending(",
            "        if (MUTANT)\n        {\n            _recorded.Add(genesysEvent.SortKey);\n        }\n\n        pending.Add(\n            new Pending("
        ),
        new(
            "deleted although the table was away",
            Invariant.EventRecordedOnce,
            "Processor/Recording/EventRecorder.cs",
            "                    Defer(chunk, Reasons.TableUnavailable);\n                    return;\n\n                case WriteAnswer.Refused refused when",
            "                    if (!MUTANT)\n                    {\n                        Defer(chunk, Reasons.TableUnavailable);\n                    }\n\n                    return;\n\n                case WriteAnswer.Refused refused when"
        ),
        new(
            "unprocessed items taken for written",
            Invariant.EventRecordedOnce,
            "Processor/Recording/EventRecorder.cs",
            "            if (unprocessed.Contains(index))",
            "            if (!MUTANT && unprocessed.Contains(index))"
        ),
        new(
            "throttled items dropped after the last attempt",
            Invariant.EventRecordedOnce,
            "Processor/Recording/EventRecorder.cs",
            "                        Defer(chunk, Reasons.TableThrottled);\n                        return;\n                    }\n\n                    metrics",
            "                        if (!MUTANT)\n                        {\n                            Defer(chunk, Reasons.TableThrottled);\n                        }\n\n                        return;\n                    }\n\n                    metrics"
        ),
        new(
            "unprocessed items counted from the first of a shared write",
            Invariant.EventRecordedOnce,
            "Processor/Recording/SharedWrites.cs",
            "                unprocessed.Add(position - first);",
            "                unprocessed.Add(MUTANT ? position : position - first);"
        ),
        new(
            "a table that is away counts as a failure",
            Invariant.WaitingNotCounted,
            "Processor/Recording/EventRecorder.cs",
            "            pending.Settle(new Outcome.Deferred(until, reason));",
            "            pending.Settle(MUTANT ? new Outcome.Failed(reason) : new Outcome.Deferred(until, reason));"
        ),
        new(
            "poison deleted without a dead letter",
            Invariant.LetterSaysWhy,
            "Processor/Processing/EventPipeline.cs",
            "                delivery.Outcome = new Outcome.Poison($\"{poison.Reason.Code}: {poison.Detail}\");",
            "                delivery.Outcome = MUTANT\n                    ? Outcome.Recorded.Instance\n                    : new Outcome.Poison($\"{poison.Reason.Code}: {poison.Detail}\");"
        ),
        new(
            "announced event deleted when the announcement failed",
            Invariant.ConversationSummarised,
            "Processor/Announcing/ConversationAnnouncer.cs",
            "            if (await announcement.IsSentAsync(delivery.Event!.ConversationId!))",
            "            if (await announcement.IsSentAsync(delivery.Event!.ConversationId!) || MUTANT)"
        ),
        new(
            "announced again whenever it returns",
            Invariant.AnnouncedOnce,
            "Processor/Announcing/ConversationAnnouncer.cs",
            "        && !_sent.Contains(genesysEvent.EventKey);",
            "        && (MUTANT || !_sent.Contains(genesysEvent.EventKey));"
        ),
        new(
            "a receive that is cancelled by the drain",
            Invariant.VisibilityHeld,
            "Processor/Receiving/Poller.cs",
            "            var answer = await ReceiveAsync(room.Taken, aborting);",
            "            var answer = await ReceiveAsync(room.Taken, MUTANT ? draining : aborting);"
        ),
        new(
            "the first handle kept when a receive brings a message twice",
            Invariant.VisibilityHeld,
            "Processor/Receiving/Poller.cs",
            "                batch[twin] = delivery;",
            "                batch[twin] = MUTANT ? batch[twin] : delivery;"
        ),
    ];
}
