using Operations.DeadLetters;

namespace Operations.Redriving;

/// <summary>
/// The letters of one redrive as the table has them: what this process remembers of those that another wrote may be minutes old, and
/// no step may go by that.
/// </summary>
internal sealed class RedriveLetters(string redrive, IReadOnlyList<string> ids, LetterStore store, LetterIndex index)
{
    private readonly Dictionary<string, Letter> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _skipped = new(StringComparer.Ordinal);

    public string this[int position] => ids[position];

    /// <summary>It was there to be sent and nobody could; where the table has it no more, that is all that is known of it.</summary>
    public void Skip(string id) => _skipped.Add(id);

    /// <summary>Reads those of which it is not known yet how they end.</summary>
    /// <returns>False when the table did not answer for all of them.</returns>
    public async Task<bool> ReadAsync(int from, int to, CancellationToken cancellationToken)
    {
        var open = ids.Take(from..to).Where(id => !_read.TryGetValue(id, out var known) || IsUndecided(known)).ToList();
        if (await store.ReadAsync(open, cancellationToken) is not { } letters)
        {
            return false;
        }

        foreach (var gone in open.Except(letters.Select(letter => letter.Id)))
        {
            _read.Remove(gone);
        }

        foreach (var letter in letters)
        {
            _read[letter.Id] = letter;
            if (index.Find(letter.Id)?.Version != letter.Version)
            {
                index.Apply(letter);
            }
        }

        return true;
    }

    /// <summary>Those that were read and are the redrive's.</summary>
    public IEnumerable<Letter> Own(int from, int to) =>
        ids.Take(from..to).Select(Find).OfType<Letter>().Where(letter => letter.Redrive == redrive);

    public Tally Tally(int from, int to, IReadOnlySet<string>? failing = null)
    {
        var some = ids.Take(from..to).ToLookup(id => Find(id) is null && _skipped.Contains(id));
        var tally = Redriving.Tally.Of(redrive, some[false].Select(Find), failing);
        return tally with { Skipped = tally.Skipped + some[true].Count() };
    }

    /// <summary>What this process wrote since the reading counts as well.</summary>
    private Letter? Find(string id) =>
        _read.GetValueOrDefault(id) is not { } read ? null
        : index.Find(id) is { } known && known.Version > read.Version ? known
        : read;

    private bool IsUndecided(Letter letter) =>
        letter.Redrive == redrive && letter.State is LetterState.Redriving or LetterState.Redriven;
}
