using GenesysMock.Traffic;

namespace GenesysMock.Tests.Traffic;

/// <summary>Plans and what comes of them.</summary>
internal static class Plans
{
    public static readonly DateTimeOffset Now = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);

    public static readonly Organization Organization = Organization.FromSeed(1);

    /// <summary>Nothing but what happens: once, in time, in order.</summary>
    public static readonly TrafficShape Plain = new()
    {
        Duplicates = 0,
        Reorder = 0,
        Late = 0,
        Poison = 0,
        Unknown = 0,
        Large = 0,
    };

    public static TrafficGenerator Of(int events, int seed = 7, TrafficShape? shape = null) =>
        new(Organization, TrafficPlan.OfThePast(seed, events, eventsPerSecond: 200, shape ?? Plain, Now));

    public static (Conversation Conversation, IReadOnlyList<Happening> Happenings) Tell(
        Story story,
        int seed = 7,
        TrafficShape? shape = null
    ) => new Stories(Organization, new Chance(seed, salt: 0)).Tell(story, shape ?? Plain, Now);

    /// <summary>The kinds in order: <c>customer.start</c>, <c>flow.start</c>, …</summary>
    public static IReadOnlyList<string> Kinds(this IEnumerable<Happening> happenings) =>
        [
            .. happenings.Select(happening =>
                happening.DetailType.Replace("v2.detail.events.conversation.{id}.", "", StringComparison.Ordinal)
            ),
        ];
}
