using System.Text.Json.Serialization;

namespace Operations.Redriving;

/// <summary>A redrive as it is told to those who ask; the names are those of the HTTP API.</summary>
/// <param name="Redrive">Its id.</param>
/// <param name="Taken">Letters it is about.</param>
/// <param name="Gone">Sent, or perhaps sent, and expired before it was known what became of them.</param>
/// <param name="Pending">Of them, neither decided nor skipped nor gone.</param>
/// <param name="FailedAgainPercent">Of those that were sent.</param>
internal sealed record RedriveView(
    string Redrive,
    RedriveState State,
    string Why,
    string Of,
    string By,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    int Taken,
    int Sent,
    int Recovered,
    int FailedAgain,
    int Skipped,
    int Gone,
    int Pending,
    double FailedAgainPercent,
    int Step,
    IReadOnlyList<int> Ramp,
    double RatePerSecond,
    int BudgetSharePercent,
    int StopAtPercent
)
{
    public bool DryRun { get; init; }

    /// <summary>For the page, which shows it beside the others.</summary>
    [JsonIgnore]
    public int Undecided { get; init; }

    public static RedriveView From(Redrive redrive) =>
        new(
            redrive.Id,
            redrive.State,
            redrive.Why,
            redrive.Of,
            redrive.By,
            redrive.CreatedAt,
            redrive.ChangedAt,
            redrive.Taken,
            redrive.Sent,
            redrive.Recovered,
            redrive.FailedAgain,
            redrive.Skipped,
            redrive.Gone,
            redrive.Pending,
            redrive.FailedAgainPercent,
            redrive.Step,
            redrive.Ramp,
            redrive.RatePerSecond,
            redrive.BudgetSharePercent,
            redrive.StopAtPercent
        )
        {
            Undecided = redrive.Undecided,
        };
}
