using Events.DeadLetters;
using Processor.Effects;
using Processor.Processing;
using Processor.Testing.Outside;
using Simulation.Genesys;
using Simulation.Histories;
using Simulation.Traffic;

namespace Simulation.Invariants;

/// <summary>What must hold when a run is over, whatever happened in it.</summary>
internal static class EndInvariants
{
    private const string EffectName = "attribute-write-back";

    /// <summary>The longest block that is left from before, and the turns of a whole burst of calls, one each twenty seconds.</summary>
    private static readonly TimeSpan PersonWaitsMax = TimeSpan.FromMinutes(7);

    /// <summary>Copies of an event that a process has at once are each announced before it knows that one of them was.</summary>
    private const int CopiesMax = 3;

    private static readonly ProcessingOptions Ending = new();
    private static readonly EffectsOptions Effects = new();

    public static void Check(History history)
    {
        // What a redrive took away is dead no more: it must have become of it what becomes of any message.
        var letters = history.Outside.Aws.DeadLetters.Letters.ToList();
        EveryProcessEndsAsItShould(history);
        NothingIsLostToTheQueue(history.Outside);
        EveryEventIsRecordedOnce(history);
        EveryPoisonIsADeadLetter(history, letters);
        EveryDeadLetterSaysWhy(history, letters.Concat(history.Redriven));
        APersonDecidesBetweenTwoBodies(history, letters);
        EveryEffectHappensOnce(history, letters);
        NoAttemptIsCountedForWaiting(history);
        EveryProcessAnnouncesAnEventOnce(history);
        EveryConversationIsSummarised(history);
        NoVisibilityRunsOut(history);
        NoPersonWaitsLong(history.Plan.Rates.ForHours, history.OperatorWaited);
        Hold(!history.AllReplicas.Any(replica => replica.HasSentLate), Invariant.SentInTime, "one was not");
        Hold(!history.AllReplicas.Any(replica => replica.HasSentOverdue), Invariant.SentUnderClaim, "one was not");
        Minutes.Check(history);
    }

    private static void EveryProcessEndsAsItShould(History history)
    {
        if (history.BoundBroken is { } broken)
        {
            throw broken;
        }

        foreach (var replica in history.AllReplicas.Where(replica => !replica.Life.IsDead))
        {
            if (replica.Running.IsFaulted)
            {
                throw new ViolationException(Invariant.ProcessWhole, $"{replica.Name}: {replica.Running.Exception}");
            }

            EndedInTime(replica.DrainTook ?? TimeSpan.MaxValue, replica.Name);
            Hold(
                replica.Processor.InFlight.Abandoned == 0,
                Invariant.NothingAbandoned,
                $"{replica.Name} abandoned {replica.Processor.InFlight.Abandoned}"
            );
            Hold(
                replica.Processor.Slots.InUse == 0,
                Invariant.SlotsGivenBack,
                $"{replica.Name} keeps {replica.Processor.Slots.InUse} slots"
            );
        }
    }

    /// <summary>After the grace period there is time for the calls under way to end, and no more: then the host kills.</summary>
    internal static void EndedInTime(TimeSpan took, string process) =>
        Hold(took <= Ending.ShutdownTimeout, Invariant.EndsInTime, $"{process} took {took} to end");

    private static void NothingIsLostToTheQueue(Outside outside)
    {
        foreach (var queue in new[] { outside.Aws.Queue, outside.EnrichmentQueue })
        {
            Hold(
                queue.MovedByPolicy.Count == 0,
                Invariant.NothingMoved,
                $"{queue.MovedByPolicy.Count} reached the receive count"
            );
            Hold(queue.Expired.Count == 0, Invariant.NothingExpired, $"{queue.Expired.Count} expired");
        }
    }

    private static void EveryEventIsRecordedOnce(History history)
    {
        var recorded = history.Outside.Aws.Table.Events.Select(item => (item.Subject, item.Sort)).ToHashSet();
        var expected = history.Emitted.Where(emitted => !emitted.IsPoison).Select(emitted => emitted.Key!.Value);
        foreach (var key in expected.Distinct())
        {
            Hold(recorded.Remove(key), Invariant.EventRecordedOnce, $"{key} is not recorded");
        }

        Hold(recorded.Count == 0, Invariant.EventRecordedOnce, $"{recorded.Count} items were never emitted");
    }

    private static void EveryPoisonIsADeadLetter(History history, List<DeadLetter> letters)
    {
        foreach (var poison in history.Emitted.Where(emitted => emitted.IsPoison))
        {
            Hold(letters.Any(letter => letter.Body == poison.Body), Invariant.LetterSaysWhy, "poison is nowhere");
        }
    }

    private static void EveryDeadLetterSaysWhy(History history, IEnumerable<DeadLetter> letters)
    {
        var settlement = history.Plan.Settlement;
        foreach (var letter in letters)
        {
            var isPoison = history.Emitted.Any(emitted =>
                emitted.IsPoison && (emitted.Body == letter.Body || emitted.PublishedAgain == letter.Body)
            );
            var about = letter.About;
            Hold(about.Reason is { Length: > 0 }, Invariant.LetterSaysWhy, "a letter without a reason");
            Hold(
                (about.Class == FailureClass.Poison) == isPoison,
                Invariant.LetterSaysWhy,
                $"{about.Class} ({about.Reason}) of an event that is {(isPoison ? "" : "not ")}poison"
            );
            Hold(
                about.Class != FailureClass.Transient || about.Attempts >= settlement.TransientAttemptsMax,
                Invariant.LetterSaysWhy,
                $"given up after {about.Attempts} attempts ({about.Reason})"
            );
            Hold(
                about.Class != FailureClass.Transient
                    || about.LastFailedAt - about.FirstFailedAt >= settlement.TransientFor,
                Invariant.LetterSaysWhy,
                $"given up after {about.LastFailedAt - about.FirstFailedAt} ({about.Reason})"
            );
            Hold(
                about.Class != FailureClass.Permanent
                    || (about.Reason == Reasons.PayloadDiffers && HasAnotherBody(history, letter)),
                Invariant.LetterSaysWhy,
                $"given up because of {about.Reason}, which passes"
            );
        }
    }

    /// <summary>Without one, nothing of it can differ.</summary>
    private static bool HasAnotherBody(History history, DeadLetter letter) =>
        history.Emitted.FirstOrDefault(emitted => IsOf(letter, emitted))?.Effect is { } one
        && history.Emitted.Any(emitted =>
            emitted.Effect is { } other && other.NaturalKey == one.NaturalKey && other.BodyHash != one.BodyHash
        );

    /// <summary>Each body of it is done or dead, and no other's end is taken for its own.</summary>
    private static void EveryEffectHappensOnce(History history, List<DeadLetter> letters)
    {
        var claims = history.Outside.Claims;
        Hold(claims.Broken is null, Invariant.ClaimChangedByHolder, $"{claims.Broken}");
        Hold(claims.DoubtDropped is null, Invariant.DoubtKept, $"{claims.DoubtDropped}");
        foreach (var effects in history.Emitted.Where(emitted => emitted.Effect is not null).GroupBy(ClaimOf))
        {
            var (key, conversation, participant) = effects.Key;
            var claim = $"{EffectName}#{key}";
            var isCompleted = claims.IsCompleted(claim);
            foreach (var body in effects.Where(emitted => !letters.Any(letter => IsOf(letter, emitted))))
            {
                Hold(
                    isCompleted && claims.BodyHashOf(claim) == body.Effect!.Value.BodyHash,
                    Invariant.ClaimEnds,
                    $"{key} is {claims.StateOf(claim)}, and a body of it is neither done nor dead"
                );
            }

            var writes = history.Outside.Platform.Writes.GetValueOrDefault((conversation, participant)) ?? [];
            Hold(!isCompleted || writes.Count > 0, Invariant.CompletedHasHappened, $"{key} was never written");
            Hold(
                writes.Count <= 1 || AreExcused(writes),
                Invariant.EffectOnce,
                $"{key} was written {writes.Count} times, by {string.Join("; ", writes)}"
            );
            Hold(
                writes.All(WasLookedFor),
                Invariant.DoubtLookedFor,
                $"{key} was not, written by {string.Join("; ", writes)}"
            );
        }

        static (string, string, string) ClaimOf(EmittedEvent emitted) =>
            (emitted.Effect!.Value.NaturalKey, emitted.ConversationId!, emitted.Effect.Value.ParticipantId);
    }

    /// <summary>
    /// No claim can hold back a request of which its process is sure and then stands still. So of several writes all but one were sent
    /// after such a sleep, and all but the one with the first claim under a claim that was granted in doubt. And none was sent after a
    /// look that must have shown another.
    /// </summary>
    internal static bool AreExcused(IReadOnlyList<AttributeWrite> writes) =>
        writes.Count(write => !write.SleptSinceDecided) <= 1
        && writes.DistinctBy(write => write.Claim?.Generation).Count() == writes.Count
        && writes.OrderBy(write => write.Claim?.Generation).Skip(1).All(write => write.Claim is { IsInDoubt: true })
        && !writes.Any(write => writes.Any(other => other != write && other.LandedAt < write.LookedAt));

    /// <summary>
    /// A write that was there when a later claim was asked for, and that its owner did not see because it believed an older look: the
    /// price of believing one (decision 5). A look of its own would have prevented it.
    /// </summary>
    internal static bool IsOnKeptLook(IReadOnlyList<AttributeWrite> writes) =>
        writes.Any(write =>
            writes.Any(earlier =>
                earlier.Claim?.Generation < write.Claim?.Generation && earlier.LandedAt < write.Claim?.AskedAt
            )
        );

    /// <summary>
    /// Whoever has a claim in doubt has looked, or somebody before it a short time ago, and nobody awake has tried to do it since. Only
    /// what it decides on is judged: it may stand still before its request leaves.
    /// </summary>
    internal static bool WasLookedFor(AttributeWrite write) =>
        write.Claim is not { IsInDoubt: true } claim
        || (
            write.LookedAt >= claim.AskedAt - Effects.LookHolds - (2 * Effects.ClockSkewMax)
            && !(write.TriedAt >= write.LookedAt)
        );

    /// <summary>The same act with other content is neither done nor passed over in silence.</summary>
    private static void APersonDecidesBetweenTwoBodies(History history, List<DeadLetter> letters)
    {
        foreach (
            var bodies in history
                .Emitted.Where(one => one.Effect is not null)
                .GroupBy(one => one.Effect!.Value.NaturalKey)
        )
        {
            var silent = bodies
                .GroupBy(emitted => emitted.Effect!.Value.BodyHash)
                .Count(same => !same.Any(emitted => letters.Any(letter => IsOf(letter, emitted))));
            Hold(silent <= 1, Invariant.PersonDecides, $"{silent} of {bodies.Key} are no dead letters");
        }
    }

    /// <summary>More would ask the API for the same again and again; what did not reach the queue does not count.</summary>
    private static void EveryProcessAnnouncesAnEventOnce(History history)
    {
        var boundaries = history
            .Emitted.Where(emitted => emitted.IsBoundary)
            .GroupBy(emitted => emitted.ConversationId ?? "")
            .ToDictionary(events => events.Key, events => events.Select(emitted => emitted.Key).Distinct().Count());
        foreach (var (conversation, times) in history.Outside.Announcers.SelectMany(announcer => announcer.Announced))
        {
            Hold(
                times <= boundaries[conversation] * CopiesMax,
                Invariant.AnnouncedOnce,
                $"{conversation} {times} times for {boundaries[conversation]} events"
            );
        }
    }

    private static bool IsOf(DeadLetter letter, EmittedEvent emitted) =>
        letter.Body == emitted.Body || letter.Body == emitted.PublishedAgain;

    private static void NoAttemptIsCountedForWaiting(History history)
    {
        var transient = history.Outside.Aws.Attempts.Attempts.Where(attempt =>
            attempt.Key.Class == FailureClass.Transient
        );
        Hold(
            !history.Plan.OnlyThrottles || !transient.Any(),
            Invariant.WaitingNotCounted,
            $"{transient.Sum(attempt => attempt.Value)} were"
        );
    }

    /// <summary>Each of its events that says so was in the table when the last summary was made.</summary>
    private static void EveryConversationIsSummarised(History history)
    {
        var announced = history.Emitted.Where(emitted => emitted is { IsBoundary: true, ConversationId: not null });
        foreach (var boundaries in announced.GroupBy(emitted => emitted.ConversationId!))
        {
            Hold(
                history.Outside.Summaries.All.TryGetValue(boundaries.Key, out var summary),
                Invariant.ConversationSummarised,
                $"{boundaries.Key} is not"
            );
            Hold(
                history.Outside.Timelines.Found.TryGetValue((boundaries.Key, summary!.Arrival.Events), out var found),
                Invariant.ConversationSummarised,
                $"{boundaries.Key} has {summary.Arrival.Events} events that no read found"
            );
            foreach (var boundary in boundaries)
            {
                Hold(
                    found!.Contains(boundary.Key!.Value.Sort),
                    Invariant.ConversationSummarised,
                    $"{boundaries.Key} is, by {found.Count} events, without {boundary.Key.Value.Sort}"
                );
            }
        }
    }

    /// <summary>Of the reserve there is a call each twenty seconds, whatever the others do; a block of hours is none of ours.</summary>
    internal static void NoPersonWaitsLong(bool isBlockedForHours, TimeSpan waited) =>
        Hold(isBlockedForHours || waited < PersonWaitsMax, Invariant.PersonServed, $"{waited}");

    private static void NoVisibilityRunsOut(History history)
    {
        Hold(
            !history.Plan.IsCalm || history.Outside.Aws.Queue.RanOutTotal == 0,
            Invariant.VisibilityHeld,
            $"{history.Outside.Aws.Queue.RanOutTotal} times"
        );
        var late = history.AllReplicas.Sum(replica => replica.OutcomesFor(Reasons.VisibilityTooShort));
        Hold(late == 0, Invariant.VisibilityEnough, $"{late} times it did not");
    }

    internal static void Hold(bool holds, string invariant, string found)
    {
        if (!holds)
        {
            throw new ViolationException(invariant, found);
        }
    }
}
