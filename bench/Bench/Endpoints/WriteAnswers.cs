using System.Collections.Concurrent;

namespace Bench.Endpoints;

/// <summary>When the table answered for each event; of one that was written again, the last time.</summary>
internal sealed class WriteAnswers
{
    private readonly ConcurrentDictionary<string, (long PublishedMs, DateTimeOffset AnsweredAt)> _answered = new();

    public ICollection<(long PublishedMs, DateTimeOffset AnsweredAt)> All => _answered.Values;

    public void Add(IEnumerable<(string Key, long PublishedMs)> events)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (key, published) in events)
        {
            _answered[key] = (published, now);
        }
    }
}
