using GenesysMock.Publishing;

namespace GenesysMock.Admin;

/// <summary>How far a run has come. The counts are explained at <see cref="LedgerCounts"/>.</summary>
internal sealed record RunAnswer(
    string Run,
    string State,
    int Seed,
    int? Events,
    long Emitted,
    long Deliveries,
    long Accepted,
    long Refused,
    long Retries,
    string? LastProblem,
    bool Done,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt
)
{
    public static RunAnswer Of(TrafficRun run)
    {
        var (end, counts) = (run.End, run.Ledger.Counts);
        return new RunAnswer(
            run.Id,
            end switch
            {
                null => "running",
                { Completed: true } => "done",
                _ => "stopped",
            },
            run.Plan.Seed,
            run.Plan.Events,
            counts.Emitted,
            counts.Deliveries,
            counts.Accepted,
            counts.Refused,
            counts.Retries,
            counts.LastProblem,
            Done: end is { Completed: true },
            run.StartedAt,
            end?.At
        );
    }
}
