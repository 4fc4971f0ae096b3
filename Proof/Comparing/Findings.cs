using Proof.Emitting;

namespace Proof.Comparing;

/// <summary>What was found, against the truth.</summary>
internal sealed record Findings
{
    /// <summary>Events of the truth that are in the table.</summary>
    public required int Recorded { get; init; }

    /// <summary>Events and poison of the truth that are nowhere.</summary>
    public required int Lost { get; init; }

    /// <summary>Items under a second key for an event, and dead letters beyond the first for a poison body.</summary>
    public required int Doubled { get; init; }

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

    public bool Holds => Lost == 0 && Doubled == 0 && Misplaced == 0 && NotEnriched == 0 && Api.Refused == 0;
}
