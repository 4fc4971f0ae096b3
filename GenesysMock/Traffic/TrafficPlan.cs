namespace GenesysMock.Traffic;

/// <summary>All that decides what traffic looks like: equal plans give equal bytes in equal order.</summary>
internal sealed record TrafficPlan
{
    /// <summary>
    /// How far behind its start a run without a pace of its own is dated, besides the time its events take: the longest
    /// story and the longest delay, so that nothing is dated in the future.
    /// </summary>
    private static readonly TimeSpan LongestStory = TimeSpan.FromMinutes(8);

    public required int Seed { get; init; }

    /// <summary>When the first thing happens. It also salts the ids, so one seed can be run many times.</summary>
    public required DateTimeOffset Origin { get; init; }

    /// <summary>Exactly how many distinct things, poison included; null goes on without end.</summary>
    public int? Events { get; init; }

    /// <summary>How densely things happen on the timeline, once the first conversations are under way.</summary>
    public required double EventsPerSecond { get; init; }

    public TrafficShape Shape { get; init; } = new();

    /// <summary>The plan of a run that is published at its own pace, and so has to have happened already.</summary>
    public static TrafficPlan OfThePast(
        int seed,
        int events,
        double eventsPerSecond,
        TrafficShape shape,
        DateTimeOffset now
    ) =>
        new()
        {
            Seed = seed,
            Origin = WholeMilliseconds(now - TimeSpan.FromSeconds(events / eventsPerSecond) - LongestStory),
            Events = events,
            EventsPerSecond = eventsPerSecond,
            Shape = shape,
        };

    /// <summary>The plan of traffic that happens while it is published.</summary>
    public static TrafficPlan Live(int seed, double eventsPerSecond, TrafficShape shape, DateTimeOffset now) =>
        new()
        {
            Seed = seed,
            Origin = WholeMilliseconds(now),
            EventsPerSecond = eventsPerSecond,
            Shape = shape,
        };

    private static DateTimeOffset WholeMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
