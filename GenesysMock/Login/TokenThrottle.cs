using System.Collections.Concurrent;

namespace GenesysMock.Login;

/// <summary>
/// The token endpoint's own limit: for each client a bucket of so many tokens that fills again at so many a second. The
/// platform does not publish its numbers; its pools of 10 fill at once and those of 50 take a minute.
/// </summary>
internal sealed class TokenThrottle(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Null when a token may be minted; otherwise how long until the next may be.</summary>
    public TimeSpan? Refuses(string clientId, int burst, double tokensPerSecond) =>
        _buckets.GetOrAdd(clientId, _ => new Bucket()).Take(time.GetUtcNow(), burst, tokensPerSecond);

    private sealed class Bucket
    {
        private readonly Lock _lock = new();
        private double? _level;
        private DateTimeOffset _filledAt;

        public TimeSpan? Take(DateTimeOffset now, int burst, double tokensPerSecond)
        {
            lock (_lock)
            {
                var refilled = (now - _filledAt).TotalSeconds * tokensPerSecond;
                var level = Math.Min(burst, _level is { } left ? left + refilled : burst);
                _filledAt = now;
                if (level < 1)
                {
                    _level = level;
                    return TimeSpan.FromSeconds((1 - level) / tokensPerSecond);
                }

                _level = level - 1;
                return null;
            }
        }
    }
}
