using Operations.DeadLetters;

namespace Operations.Redriving;

/// <summary>Looks after letters whose redrive does not run: nobody else would come to an end with them.</summary>
internal sealed class RedriveAftermath(
    RedriveStore store,
    LetterStore letters,
    LetterIndex index,
    LetterRedriver redriver,
    TimeProvider time
)
{
    /// <summary>A letter that was taken, and perhaps sent, by a redrive that is over, paused or forgotten is anybody's again.</summary>
    public async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        foreach (
            var ofOne in index
                .All.Where(letter => letter.IsLeftByRedriveAt(time.GetUtcNow()))
                .GroupBy(letter => letter.Redrive!)
                .ToList()
        )
        {
            if (await store.ReadAsync(ofOne.Key, cancellationToken) is { State: RedriveState.Running })
            {
                continue;
            }

            // As the table has it: another process may have let go of it.
            foreach (var letter in await letters.ReadAsync(ofOne.Select(left => left.Id), cancellationToken) ?? [])
            {
                if (letter.IsLeftByRedriveAt(time.GetUtcNow()) && letter.Redrive == ofOne.Key)
                {
                    await redriver.LetGoAsync(letter, cancellationToken);
                }
                else
                {
                    index.Apply(letter);
                }
            }
        }
    }
}
