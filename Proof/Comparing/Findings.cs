using Proof.Emitting;

namespace Proof.Comparing;

/// <summary>What was found, against the truth.</summary>
internal sealed record Findings
{
    /// <summary>Events asked for that the mock has not emitted.</summary>
    public required int NotEmitted { get; init; }

    /// <summary>Whether all deliveries were accepted and the queues were empty in time.</summary>
    public required bool Settled { get; init; }

    /// <summary>Events of the truth that are in the table.</summary>
    public required int Recorded { get; init; }

    /// <summary>Events and poison of the truth that are nowhere.</summary>
    public required int Lost { get; init; }

    /// <summary>
    /// Items under a second key for an event, failed messages for a poison body beyond those it can have become, and guarded effects beyond
    /// the first that no doubt explains.
    /// </summary>
    public required int Doubled { get; init; }

    /// <summary>
    /// Dead letters beyond the first for one failed message. A process that ends between the send and the delete sends again, and no
    /// standard queue can tell; the letter names the message, so whoever reads the queue can, and Operations does. In a disturbed run
    /// also those of a poison body that was sent again because its publish went without an answer.
    /// </summary>
    public required int LettersRepeated { get; init; }

    /// <summary>Poison bodies among the dead letters, byte for byte and with a reason.</summary>
    public required int DeadLettered { get; init; }

    /// <summary>Dead letters that are events of the truth, and poison of the truth without a reason. Others' letters are not counted.</summary>
    public required int Misplaced { get; init; }

    /// <summary>From the first publish to the record, sorted.</summary>
    public required IReadOnlyList<TimeSpan> Latencies { get; init; }

    public required DateTimeOffset? LastRecordedAt { get; init; }

    /// <summary>Conversations with a boundary event that have a summary.</summary>
    public required int Enriched { get; init; }

    /// <summary>Conversations with a boundary event that have none; 0 when enrichment is not part of the proof.</summary>
    public required int NotEnriched { get; init; }

    public required ApiTruth Api { get; init; }

    /// <summary>Nothing when the write-back is not part of the proof.</summary>
    public required Effects Effects { get; init; }

    /// <summary>Why the proof does not hold; empty when it does.</summary>
    public IReadOnlyList<string> Faults =>
        [
            .. Settled ? [] : new[] { "not settled in time" },
            .. Fault(NotEmitted, "not emitted"),
            .. Fault(Lost, "lost"),
            .. Fault(Doubled, "doubled"),
            .. Fault(Misplaced, "misplaced"),
            .. Fault(Effects.Missing, "effects missing"),
            .. Fault(NotEnriched, "not enriched"),
            .. Fault(Api.Refused, "API calls refused"),
        ];

    public bool Holds => Faults.Count == 0;

    private static IEnumerable<string> Fault(long count, string what) => count == 0 ? [] : [$"{count} {what}"];
}
