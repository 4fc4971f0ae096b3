using ServiceDefaults;

namespace Operations.DeadLetters;

/// <summary>
/// Writes what becomes of a letter, with several tries and under no token: it was decided, and perhaps done. What the table has then, the
/// index has.
/// </summary>
internal sealed class LetterWriter(LetterIndex index, LetterStore store)
{
    private const int AttemptsMax = 5;

    /// <param name="letter">As it is to be.</param>
    /// <param name="rebase">What it is to be where somebody else wrote first, given what stands there; null if that stays. Left out: it stays.</param>
    /// <returns>
    /// Whether it was written, and what stands in the table: what was written, or what somebody else wrote; null when it is there no more, or
    /// the table does not answer.
    /// </returns>
    public async Task<(LetterWrite Write, Letter? Stands)> WriteAsync(
        Letter letter,
        Func<Letter, Letter?>? rebase = null
    )
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            try
            {
                var write = await store.WriteAsync(letter, CancellationToken.None);
                if (write == LetterWrite.Written)
                {
                    index.Apply(letter);
                    return (write, letter);
                }

                if (write == LetterWrite.Conflict)
                {
                    if (await store.ReadAsync(letter.Id, CancellationToken.None) is not { } stored)
                    {
                        return (write, null);
                    }

                    index.Apply(stored);
                    if (rebase?.Invoke(stored) is not { } rebased)
                    {
                        return (write, stored);
                    }

                    letter = rebased;
                }
            }
            catch (Exception exception) when (AwsFaults.Classify(exception, CancellationToken.None) != AwsFault.None)
            {
                // What stands there could not be read; the next attempt asks again.
            }
        }

        return (LetterWrite.Unavailable, null);
    }
}
