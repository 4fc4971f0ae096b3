namespace Operations.DeadLetters;

/// <summary>What an arriving message means for a letter that is known already. Pure.</summary>
internal static class LetterArrival
{
    /// <returns>The letter after the arrival; null when it tells of a failure that is known already.</returns>
    public static Letter? Merge(Letter known, Letter arrived, DateTimeOffset now)
    {
        // What we put back into its queue ourselves tells of the same failure, and there is no other copy of it.
        var messageId = arrived.MessageIds[0];
        var isKnown = known.MessageIds.Contains(messageId);
        var isPutBack =
            known.State == LetterState.Returned || known is { IsTakenByHand: true, TakenFor: TakenFor.Return };
        if (isKnown && !isPutBack)
        {
            return null;
        }

        var letter = known with
        {
            MessageIds = isKnown ? known.MessageIds : [.. known.MessageIds.TakeLast(Letter.KeptMax - 1), messageId],
            ExpiresAt = arrived.ExpiresAt > known.ExpiresAt ? arrived.ExpiresAt : known.ExpiresAt,
        };
        if (known.IsOpen)
        {
            // Another copy of the same envelope; one redrive serves both.
            return letter.Then(LetterState.Dead, now, "copy", null, arrived.Reason);
        }

        var wasSent = !isKnown && known.State is LetterState.Redriving or LetterState.Redriven or LetterState.Recovered;
        return (
            letter with
            {
                Reason = arrived.Reason,
                Class = arrived.Class,
                Attempts = arrived.Attempts,
                FirstFailedAt = known.FirstFailedAt ?? arrived.FirstFailedAt,
                LastFailedAt = arrived.LastFailedAt,
                EventKey = arrived.EventKey ?? known.EventKey,
                TraceParent = arrived.TraceParent ?? known.TraceParent,
                Attributes = arrived.Attributes,
                TraceHeader = arrived.TraceHeader ?? known.TraceHeader,
                FailedAgain = known.FailedAgain + (wasSent ? 1 : 0),
            }
        ).Then(LetterState.Dead, now, What(isKnown, wasSent), known.Redrive, arrived.Reason);
    }

    private static string What(bool isKnown, bool wasSent) =>
        isKnown ? "collected again"
        : wasSent ? "failed again"
        : "died again";
}
