namespace Aspire.Hosting.Running;

/// <summary>How long to wait before a crashed process starts again: longer with each crash, until it has lived for a while.</summary>
internal sealed class RestartDelay
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.2);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LivedLongEnough = TimeSpan.FromSeconds(30);

    private TimeSpan _next = Shortest;

    public TimeSpan AfterLifeOf(TimeSpan lived)
    {
        var delay = lived >= LivedLongEnough ? Shortest : _next;
        _next = delay * 2 < Longest ? delay * 2 : Longest;
        return delay;
    }
}
