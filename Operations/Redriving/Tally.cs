using Operations.DeadLetters;

namespace Operations.Redriving;

/// <summary>What became of the letters of a redrive so far, told by the letters themselves: a restart loses no count.</summary>
internal sealed record Tally(int Sent, int Recovered, int FailedAgain, int Skipped)
{
    /// <summary>Of those that did not come back: they fail and are tried again.</summary>
    public int Failing { get; init; }

    /// <summary>The table has them no more: nobody will know what became of them, nor whether they were sent.</summary>
    public int Gone { get; init; }

    public int Undecided => Sent - Recovered - FailedAgain;

    public static Tally Of(string redrive, IEnumerable<Letter?> letters, IReadOnlySet<string>? failing = null)
    {
        var (sent, recovered, failedAgain, skipped, stillFailing, gone) = (0, 0, 0, 0, 0, 0);
        foreach (var letter in letters)
        {
            if (letter is null)
            {
                gone++;
                continue;
            }

            if (letter.Redrive != redrive)
            {
                // Another redrive could have it only because it came back from this one.
                var cameBack = WasSentBy(redrive, letter);
                (sent, failedAgain, skipped) = cameBack
                    ? (sent + 1, failedAgain + 1, skipped)
                    : (sent, failedAgain, skipped + 1);
                continue;
            }

            sent++;
            stillFailing += letter.State == LetterState.Redriven && failing?.Contains(letter.Id) == true ? 1 : 0;
            recovered += letter.State == LetterState.Recovered ? 1 : 0;
            // Whatever was decided about it since: it came back first.
            failedAgain += letter.State
                is LetterState.Dead
                    or LetterState.Discarded
                    or LetterState.Replaced
                    or LetterState.Returned
                ? 1
                : 0;
        }

        return new Tally(sent, recovered, failedAgain, skipped) { Failing = stillFailing, Gone = gone };
    }

    private static bool WasSentBy(string redrive, Letter letter) =>
        letter.History.Any(step => step.What == LetterRedriver.SentAgain && step.By == redrive);
}
