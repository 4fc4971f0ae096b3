using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Operations.Redriving;

/// <summary>
/// One redrive: what was ordered, how far it is, and why it is not going on. It is written after every step of the way, so that
/// whoever takes it over after a restart knows where to begin.
/// </summary>
internal sealed record Redrive
{
    public required string Id { get; init; }

    public required RedriveState State { get; init; }

    /// <summary>Why it is in this state, in a sentence.</summary>
    public required string Why { get; init; }

    public required string Of { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required ImmutableArray<int> Ramp { get; init; }

    public required double RatePerSecond { get; init; }

    public required int BudgetSharePercent { get; init; }

    public required int StopAtPercent { get; init; }

    /// <summary>
    /// Under which its letters are listed: a name for each asking, so that of two that ask at once for one redrive neither overwrites the
    /// other's list. Null of those from before there was one.
    /// </summary>
    public string? List { get; init; }

    /// <summary>How many letters it is about.</summary>
    public required int Taken { get; init; }

    /// <summary>Which step of the ramp it is at.</summary>
    public int Step { get; init; }

    /// <summary>Where the step begins and ends among the letters.</summary>
    public int StepStart { get; init; }

    public int StepEnd { get; init; }

    /// <summary>The next letter to send.</summary>
    public int Position { get; init; }

    /// <summary>When the step had been sent: from then on it has a limited time to be decided.</summary>
    public DateTimeOffset? StepSentAt { get; init; }

    /// <summary>It is paused because nobody could tell what became of the step: that will hardly be told any more.</summary>
    public bool GaveUp { get; init; }

    public int Sent { get; init; }

    public int Recovered { get; init; }

    public int FailedAgain { get; init; }

    /// <summary>Not sent: somebody else decided about them, or their time was over.</summary>
    public int Skipped { get; init; }

    /// <summary>Their time was over before it was known what became of them; the table has them no more.</summary>
    public int Gone { get; init; }

    /// <summary>The process that works on it, and until when nobody else does.</summary>
    public string? Owner { get; init; }

    public DateTimeOffset? OwnedUntil { get; init; }

    public long Version { get; init; } = 1;

    /// <summary>Neither sent nor decided yet.</summary>
    public int Pending => IsOver ? 0 : Math.Max(0, Taken - Skipped - Recovered - FailedAgain - Gone);

    /// <summary>Sent, and nobody knows yet what became of them.</summary>
    public int Undecided => Math.Max(0, Sent - Recovered - FailedAgain - Gone);

    public double FailedAgainPercent => Sent == 0 ? 0 : Math.Round(100.0 * FailedAgain / Sent, 1);

    public bool IsOver => State is RedriveState.Done or RedriveState.Stopped or RedriveState.Cancelled;

    /// <summary>
    /// With what its letters tell. Those beyond the position count where they are its own: it was interrupted after it sent them. What was
    /// counted of letters that the table has no more stands; the others of them are gone.
    /// </summary>
    public Redrive Counted(RedriveLetters letters)
    {
        var all = letters.Tally(0, Position);
        var beyond = Tally.Of(Id, letters.Own(Position, StepEnd));
        var gone = all.Gone;
        var recovered = WithGone(all.Recovered + beyond.Recovered, Recovered);
        var failedAgain = WithGone(all.FailedAgain + beyond.FailedAgain, FailedAgain);
        var skipped = WithGone(all.Skipped, Skipped);
        return this with
        {
            Sent = all.Sent + beyond.Sent + all.Gone - (skipped - all.Skipped),
            Recovered = recovered,
            FailedAgain = failedAgain,
            Skipped = skipped,
            Gone = gone,
        };

        int WithGone(int counted, int before)
        {
            var stands = Math.Clamp(before - counted, 0, gone);
            gone -= stands;
            return counted + stands;
        }
    }

    /// <summary>How many the step at hand sends.</summary>
    public int StepSize => Ramp[Math.Min(Step, Ramp.Length - 1)];
}

internal enum RedriveState
{
    Running,

    /// <summary>By a person, or because a step could not be decided in time.</summary>
    Paused,

    /// <summary>Too many failed again.</summary>
    Stopped,
    Cancelled,
    Done,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true
)]
[JsonSerializable(typeof(Redrive))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class RedriveJson : JsonSerializerContext;
