using Proof.Emitting;

namespace Proof.Comparing;

/// <summary>The guarded effects: what had to be written to participants, held against what the platform was told to write.</summary>
/// <param name="Done">Written at least once.</param>
/// <param name="Missing">Never written.</param>
/// <param name="Doubled">Writes beyond the first that no doubt explains.</param>
/// <param name="RepeatedInDoubt">Writes beyond the first that a process made which stood still between its decision and its request.</param>
internal sealed record Effects(int Done, int Missing, int Doubled, int RepeatedInDoubt)
{
    private const string Handler = "attribute-write-back";

    public static Effects None { get; } = new(0, 0, 0, 0);

    public static async Task<Effects> OfAsync(
        Truth truth,
        Store store,
        IReadOnlyList<Written> written,
        bool disturbed,
        CancellationToken cancellationToken
    )
    {
        var expected = written
            .Where(one => truth.WriteBacks.ContainsKey((one.ConversationId, one.ParticipantId, one.Value)))
            .ToList();
        var generations =
            disturbed && expected.Exists(one => one.Times > 1) ? await store.GenerationsAsync(cancellationToken) : [];

        var (doubled, inDoubt) = (0, 0);
        foreach (var one in expected)
        {
            var claim = $"{Handler}#{truth.WriteBacks[(one.ConversationId, one.ParticipantId, one.Value)]}";
            var explained = Math.Min(one.Times - 1, MostInDoubt(one, generations.GetValueOrDefault(claim)));
            inDoubt += explained;
            doubled += one.Times - 1 - explained;
        }

        return new Effects(expected.Count, truth.WriteBacks.Count - expected.Count, doubled, inDoubt);
    }

    /// <summary>
    /// A process that stood still between its decision and its request had lost its claim when it woke. The next owner had found the effect
    /// in doubt, looked, and found it not there: so the platform was read before the first write. What was there and was done again,
    /// or was done again without a look, is a bug. No owner of the claim writes twice.
    /// </summary>
    private static int MostInDoubt(Written one, long generation) =>
        one.Looked && generation > 1 ? (int)generation - 1 : 0;
}
