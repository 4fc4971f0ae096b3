namespace Proof.Comparing;

/// <summary>The poison among the dead letters.</summary>
/// <param name="Found">Bodies of the truth that are there.</param>
/// <param name="Doubled">Failed messages beyond those that a body can have become.</param>
/// <param name="Repeated">All other letters beyond the first of a body.</param>
internal sealed record Letters(int Found, int Doubled, int Repeated)
{
    /// <summary>
    /// Of one request the Ingestor sends three times what SQS does not answer for, and its SQS client each of these twice; nobody but SQS
    /// knows which arrived.
    /// </summary>
    private const int SendsOfARequest = 3 * 2;

    /// <param name="truth">What was emitted.</param>
    /// <param name="poison">Letters of it.</param>
    /// <param name="disturbed">Whether answers got lost, so that one body may have become as many messages as it was sent.</param>
    public static Letters Of(Truth truth, IReadOnlyList<StoredDeadLetter> poison, bool disturbed)
    {
        var bodies = poison.GroupBy(letter => letter.Body, StringComparer.Ordinal).ToList();
        var doubled = bodies.Sum(letters =>
        {
            var messages = letters.Select(letter => letter.MessageId).Distinct(StringComparer.Ordinal).Count();
            return Math.Max(0, messages - (disturbed ? SendsOfARequest * truth.Poison[letters.Key] : 1));
        });
        return new Letters(bodies.Count, doubled, poison.Count - bodies.Count - doubled);
    }
}
