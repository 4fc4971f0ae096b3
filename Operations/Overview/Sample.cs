namespace Operations.Overview;

/// <summary>The pipeline at one moment. A rate is of the time since the sample before; what is not known is null.</summary>
internal sealed record Sample
{
    public required DateTimeOffset At { get; init; }

    public double? IngestedPerSecond { get; init; }

    public double? RecordedPerSecond { get; init; }

    public double? DuplicatesPerSecond { get; init; }

    public double? DeferredPerSecond { get; init; }

    public double? DeadLettersPerSecond { get; init; }

    /// <summary>Of what a Processor has under way; null when none tells.</summary>
    public double? OldestAgeSeconds { get; init; }

    public double? LagSeconds { get; init; }

    public double? UnderWay { get; init; }

    public double? Recorded { get; init; }

    public int? QueueVisible { get; init; }

    /// <summary>How long no look has met the queue of events empty; of what waits, nothing tells the age itself.</summary>
    public TimeSpan? QueueNotEmptyFor { get; init; }

    public int? QueueInFlight { get; init; }

    public int? QueueDelayed { get; init; }

    public int? EnrichmentWaiting { get; init; }

    public int? DeadLettersInQueue { get; init; }

    /// <summary>Null until the table of dead letters was read once.</summary>
    public int? OpenLetters { get; init; }

    /// <summary>The client and limit that the two numbers below are of.</summary>
    public string? BudgetOf { get; init; }

    public int? BudgetUsed { get; init; }

    public int? BudgetAllowed { get; init; }

    public DateTimeOffset? BlockedUntil { get; init; }

    public int Processors { get; init; }

    public int Ingestors { get; init; }
}
