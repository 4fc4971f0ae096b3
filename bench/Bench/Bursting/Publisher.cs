using System.Diagnostics;
using System.Globalization;
using Bench.Endpoints;
using Bench.Loads;

namespace Bench.Bursting;

/// <summary>Puts events into the queue at a rate, each stamped with the moment it is sent, and watches how long the queue gets.</summary>
internal sealed class Publisher(EmulatedAws aws, IReadOnlyList<string> bodies)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly long _started = Stopwatch.GetTimestamp();

    public int Sent { get; private set; }

    public TimeSpan SinceStart => Stopwatch.GetElapsedTime(_started);

    public async Task<Phase> PublishAsync(int perSecond, TimeSpan length)
    {
        var from = TimeProvider.System.GetUtcNow();
        var first = Sent;
        var longest = 0;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < length)
        {
            var due = Math.Min(first + (int)(perSecond * elapsed.TotalSeconds), bodies.Count) - Sent;
            await SendAsync(due);
            longest = Math.Max(longest, Sent - aws.Counts.Deleted);
            await Task.Delay(Tick, TimeProvider.System, CancellationToken.None);
        }

        return new Phase(from, TimeProvider.System.GetUtcNow(), Sent - first, longest);
    }

    private async Task SendAsync(int count)
    {
        var now = TimeProvider
            .System.GetUtcNow()
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var stamped = Enumerable
            .Range(Sent, count)
            .Select(index => bodies[index].Replace(Workload.PublishedAt, now, StringComparison.Ordinal));
        await Task.WhenAll(stamped.Chunk(10).Select(aws.SendAsync));
        Sent += count;
    }
}

/// <param name="From">When it began.</param>
/// <param name="To">When it ended.</param>
/// <param name="Sent">How many events it sent.</param>
/// <param name="LongestQueue">The most messages that were sent and not yet deleted.</param>
internal sealed record Phase(DateTimeOffset From, DateTimeOffset To, int Sent, int LongestQueue);
