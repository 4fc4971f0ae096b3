using System.Reflection;

namespace Simulation.Invariants;

/// <summary>What must hold, in the words that a violation is told in.</summary>
internal static class Invariant
{
    public const string EventRecordedOnce = "every event is recorded once, or is a dead letter with its reason";
    public const string LetterSaysWhy = "every dead letter is one, and says why";
    public const string ClaimEnds = "every claim ends";
    public const string ClaimChangedByHolder = "only who holds a claim changes it";
    public const string CompletedHasHappened = "what is completed has happened";
    public const string EffectOnce = "no guarded effect happens twice";
    public const string DoubtLookedFor = "what is in doubt was looked for a short time before it is done";
    public const string DoubtKept = "a doubt ends with its effect alone";
    public const string PersonDecides = "a person decides between two bodies";
    public const string AnnouncedOnce =
        "a process announces an event once, and what it has in copies three times at the most";
    public const string ConversationSummarised = "every conversation is summarised after its last boundary";
    public const string WaitingNotCounted = "no attempt is counted for waiting";
    public const string VisibilityHeld = "no visibility runs out in the hands of a process that lives";
    public const string VisibilityEnough = "what waits in a process keeps enough visibility to begin";
    public const string PersonServed = "no person waits for a call for seven minutes";
    public const string SentInTime = "a call with an effect is sent with half of its time left";
    public const string SentUnderClaim = "a call with an effect is sent within the time of its claim";
    public const string MinuteHeld = "no minute holds more calls than allowed";
    public const string NothingSavedUp = "no process saves calls up";
    public const string ShareIsFree = "nobody takes a share that is not free";
    public const string CallIsPaid = "no process makes a call that its share does not pay";
    public const string SlotsHeld = "no process uses more slots than it has";
    public const string InFlightHeld = "no process has more messages under way than slots in use";
    public const string WorkersHeld = "no process has more effects at once than workers";
    public const string SlotsGivenBack = "no slot is kept at the end";
    public const string ProcessWhole = "no process breaks";
    public const string EndsInTime = "every process ends within its grace period and what one call takes";
    public const string NothingAbandoned = "no message is abandoned at drain";
    public const string NothingMoved = "no message is moved away without a reason";
    public const string NothingExpired = "no message outlives retention";
    public const string RunEnds = "the run ends";

    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(Invariant)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(invariant => (string)invariant.GetRawConstantValue()!),
    ];
}
