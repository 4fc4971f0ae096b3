using System.Collections.Concurrent;
using Operations.Layout;
using ServiceDefaults;

namespace Operations.DeadLetters;

/// <summary>
/// What is known of all letters, in memory: pages and commands read this and never the queue, so that a look costs no receive. What
/// this process writes is in it at once; what another wrote, after the next reading of the table.
/// </summary>
internal sealed partial class LetterIndex(
    LetterStore store,
    DeadLetterOptions options,
    TimeProvider time,
    ILogger<LetterIndex> logger
) : IDisposable
{
    private readonly ConcurrentDictionary<string, Letter> _letters = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private long _version;
    private long? _readAt;
    private DateTimeOffset? _seenAt;
    private int _readSoFar;

    /// <summary>Another number after each change: a look that finds the one it knows need not look.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Why the last reading of the table failed; null when it did not.</summary>
    public string? Fault { get; private set; }

    /// <summary>False until the table was read once: nothing is known then, which is not the same as no letters.</summary>
    public bool IsKnown => _readAt is not null;

    /// <summary>Letters that the reading under way, or the last one, has brought: what there is to tell before anything is known.</summary>
    public int ReadSoFar => Volatile.Read(ref _readSoFar);

    /// <summary>Why what is known may be old, for whoever is told it; null when it is not.</summary>
    public string? Old =>
        IsKnown && Fault is { } fault
            ? $"The table of dead letters does not answer ({fault}); this is what it held at {Shown.Time(_seenAt)} UTC, and what was done here since."
            : null;

    /// <summary>Letters that are open or under way and that there was no room for.</summary>
    public int Left { get; private set; }

    /// <summary>Of letters that are still to come to an end; decided ones make room.</summary>
    public bool IsFull =>
        _letters.Count >= options.LettersMax
        && _letters.Values.Count(letter => !letter.IsDecided) >= options.LettersMax;

    /// <summary>All of them, decided ones too.</summary>
    public IEnumerable<Letter> All => _letters.Values.Where(letter => letter.ExpiresAt > time.GetUtcNow());

    public IEnumerable<Letter> Open => All.Where(letter => letter.IsOpen);

    public Letter? Find(string id) => _letters.GetValueOrDefault(id);

    public void Apply(Letter letter)
    {
        Put(letter);
        MakeRoom();
        Interlocked.Increment(ref _version);
    }

    /// <summary>
    /// Reads the table if the last reading is older than the refresh interval. Nobody waits for one that is under way, but who would know
    /// nothing. A table that does not answer leaves what was read before, and its fault beside it; if nothing was, the fault is thrown on:
    /// whoever asks is not told of an empty table.
    /// </summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (IsYoung || !await _reading.WaitAsync(IsKnown ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, cancellationToken))
        {
            return;
        }

        try
        {
            if (!IsYoung)
            {
                await ReadAsync(cancellationToken);
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private bool IsYoung => _readAt is { } readAt && time.GetElapsedTime(readAt) < options.RefreshEvery;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Volatile.Write(ref _readSoFar, 0);
            var letters = await store.ReadLettersAsync(
                read => Interlocked.Add(ref _readSoFar, read),
                cancellationToken
            );
            var now = time.GetUtcNow();
            var current = letters.Where(letter => letter.ExpiresAt > now).ToList();
            var room = options.LettersMax;
            foreach (
                var letter in current.OrderBy(letter => letter.IsDecided).ThenByDescending(letter => letter.ChangedAt)
            )
            {
                // What is known is kept up to date, whether or not there is room.
                if (room-- > 0 || _letters.ContainsKey(letter.Id))
                {
                    Put(letter);
                }
            }

            foreach (var expired in _letters.Values.Where(letter => letter.ExpiresAt <= now).ToList())
            {
                _letters.TryRemove(expired.Id, out _);
            }

            MakeRoom();
            Left = current.Count(letter => !letter.IsDecided && !_letters.ContainsKey(letter.Id));
            Fault = null;
            (_readAt, _seenAt) = (time.GetTimestamp(), now);
            Interlocked.Increment(ref _version);
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            Fault = AwsFaults.ReasonOf(exception);
            Log.NotRead(logger, Fault);
            if (!IsKnown)
            {
                throw;
            }
        }
    }

    private void Put(Letter letter) =>
        _letters.AddOrUpdate(letter.Id, letter, (_, known) => known.Version > letter.Version ? known : letter);

    /// <summary>The oldest decided ones go, some at once so that not every arrival has to look for them; the table has them still.</summary>
    private void MakeRoom()
    {
        var over = _letters.Count - options.LettersMax;
        if (over <= 0)
        {
            return;
        }

        foreach (
            var decided in _letters
                .Values.Where(letter => letter.IsDecided)
                .OrderBy(letter => letter.ChangedAt)
                .Take(over + (options.LettersMax / 100))
                .ToList()
        )
        {
            _letters.TryRemove(decided.Id, out _);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 510,
            Level = LogLevel.Warning,
            Message = "The table of dead letters cannot be read: {Reason}. What is shown may be old."
        )]
        public static partial void NotRead(ILogger logger, string reason);
    }
}
