using System.Diagnostics;
using System.Globalization;
using Bench.Endpoints;

namespace Bench.Bursting;

/// <summary>
/// Puts events into the queue at a rate, each stamped with the moment it was due, and watches how many are not yet deleted. A publisher that
/// is held up sends late, and what it sends is late: stamped when it is sent, it would not count the very waits that matter.
/// </summary>
internal sealed class Publisher(EmulatedAws aws, IReadOnlyList<string> bodies)
{
    private const string Stamp = "\"timestamp\":\"";

    /// <summary>At 500 events a second two or three are due each time.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly long _started = Stopwatch.GetTimestamp();

    public int Sent { get; private set; }

    public TimeSpan SinceStart => Stopwatch.GetElapsedTime(_started);

    public async Task<Phase> PublishAsync(int perSecond, TimeSpan length)
    {
        var from = TimeProvider.System.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        var (first, events) = (Sent, (int)(perSecond * length.TotalSeconds));
        var most = 0;
        var lateness = new List<double>(events);
        while (Sent - first < events || Stopwatch.GetElapsedTime(started) < length)
        {
            var due = Math.Min((int)(perSecond * Stopwatch.GetElapsedTime(started).TotalSeconds) + 1, events);
            var stamped = Enumerable.Range(Sent - first, due - (Sent - first)).Select(DueAt).ToList();
            await SendAsync(stamped);
            var now = TimeProvider.System.GetUtcNow();
            lateness.AddRange(stamped.Select(dueAt => (now - dueAt).TotalMilliseconds));
            most = Math.Max(most, Sent - aws.Counts.Deleted);
            await Task.Delay(Tick, TimeProvider.System, CancellationToken.None);
        }

        lateness.Sort();
        return new Phase(from, DueAt(events), events, most, lateness);

        DateTimeOffset DueAt(int index) => from + TimeSpan.FromSeconds((double)index / perSecond);
    }

    private async Task SendAsync(List<DateTimeOffset> dueAt)
    {
        var stamped = dueAt.Select((due, index) => Stamped(bodies[Sent + index], due)).ToList();
        await Task.WhenAll(stamped.Chunk(10).Select(aws.SendAsync));
        Sent += stamped.Count;
    }

    /// <summary>The time of publishing stands at the end of the detail, after whatever the event says.</summary>
    private static string Stamped(string body, DateTimeOffset time)
    {
        var start = body.LastIndexOf(Stamp, StringComparison.Ordinal) + Stamp.Length;
        var end = body.IndexOf('"', start);
        var text = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return string.Concat(body.AsSpan(0, start), text, body.AsSpan(end));
    }
}

/// <param name="From">When the first was due.</param>
/// <param name="To">When one more would have been.</param>
/// <param name="Sent">How many events it sent.</param>
/// <param name="MostNotDeleted">The most messages that were sent and not yet deleted.</param>
/// <param name="LatenessMs">How long after it was due the queue had each event: the publisher's own part of the delay. The shortest first.</param>
internal sealed record Phase(
    DateTimeOffset From,
    DateTimeOffset To,
    int Sent,
    int MostNotDeleted,
    IReadOnlyList<double> LatenessMs
);
