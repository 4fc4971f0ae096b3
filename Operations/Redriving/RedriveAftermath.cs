using Operations.DeadLetters;

namespace Operations.Redriving;

/// <summary>Looks after letters whose redrive does not run: nobody else would come to an end with them.</summary>
internal sealed class RedriveAftermath(
    RedriveStore store,
    LetterStore letters,
    LetterIndex index,
    LetterRedriver redriver,
    RecoveryWatch watch,
    TimeProvider time
)
{
    private readonly Dictionary<string, RedriveLetters> _watched = new(StringComparer.Ordinal);

    /// <summary>What became of letters that were sent before their redrive was stopped, paused or cancelled. Its counts say so.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        var redrives = await store.ListAsync(cancellationToken);
        var undecided = redrives
            .Where(redrive => redrive.State != RedriveState.Running && redrive.Undecided > 0)
            .ToList();
        foreach (var redrive in undecided)
        {
            await WatchAsync(redrive, cancellationToken);
        }

        foreach (var decided in _watched.Keys.Except(undecided.Select(redrive => redrive.Id)).ToList())
        {
            _watched.Remove(decided);
        }

        var known = redrives.Select(redrive => redrive.Id).ToHashSet(StringComparer.Ordinal);
        await watch.LookAsync(
            index.All.Where(letter => letter.Redrive is not { } redrive || !known.Contains(redrive)).ToList(),
            cancellationToken
        );
    }

    private async Task WatchAsync(Redrive redrive, CancellationToken cancellationToken)
    {
        if (!_watched.TryGetValue(redrive.Id, out var ofIt))
        {
            var ids = await store.LettersAsync(redrive, cancellationToken);
            _watched[redrive.Id] = ofIt = new RedriveLetters(redrive.Id, ids, letters, index);
        }

        if (!await ofIt.ReadAsync(0, redrive.StepEnd, cancellationToken))
        {
            return;
        }

        await watch.LookAsync(ofIt.Own(0, redrive.StepEnd).ToList(), cancellationToken);
        await store.CountAsync(redrive, ofIt, cancellationToken);
    }

    /// <summary>A letter that was taken, and perhaps sent, by a redrive that is over, paused or forgotten is anybody's again.</summary>
    public async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        await redriver.TellUntoldAsync(cancellationToken);
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
