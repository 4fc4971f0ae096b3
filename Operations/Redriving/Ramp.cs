namespace Operations.Redriving;

/// <summary>Whether a step of a redrive has gone well. Pure.</summary>
internal static class Ramp
{
    /// <param name="sent">Letters the step sent, or will.</param>
    /// <param name="failedAgain">Of them, those that came back, or fail and are tried again.</param>
    /// <param name="undecided">Of them, those nobody knows of yet.</param>
    public static Verdict Of(int sent, int failedAgain, int undecided, int stopAtPercent) =>
        sent > 0 && 100.0 * failedAgain / sent > stopAtPercent ? Verdict.Stop
        : undecided > 0 ? Verdict.Wait
        : Verdict.Next;
}

internal enum Verdict
{
    /// <summary>Failures decide at once, even while others of the step are under way.</summary>
    Stop,
    Wait,
    Next,
}
