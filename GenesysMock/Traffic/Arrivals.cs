namespace GenesysMock.Traffic;

/// <summary>What begins next: a whole conversation, or a single event of something else; and now and then poison beside it.</summary>
internal sealed class Arrivals(Organization organization, TrafficShape shape, Chance chance)
{
    private static readonly PoisonKind[] PoisonKinds = Enum.GetValues<PoisonKind>();

    private readonly Stories _stories = new(organization, chance);
    private readonly AmbientEvents _ambient = new(organization, chance);

    /// <summary>At least one thing and at most <paramref name="mostThings"/>. A story that has no room is not begun.</summary>
    public IReadOnlyList<Emission> Next(DateTimeOffset now, int mostThings)
    {
        var things = chance.Happens(shape.Ambient) ? [Ambient(now)] : Conversation(now);
        return things.Count <= mostThings ? things : [Ambient(now)];
    }

    public static TimeSpan WholeMilliseconds(TimeSpan time) =>
        TimeSpan.FromMilliseconds(Math.Floor(time.TotalMilliseconds));

    private List<Emission> Conversation(DateTimeOffset now)
    {
        var (conversation, happenings) = _stories.Any(shape, now);
        var things = new List<Emission>(happenings.Count);
        foreach (var happening in Published(happenings))
        {
            things.Add(new Emission(0, happening, conversation, Poison: null));
            if (chance.Happens(shape.Poison))
            {
                things.Add(Poison(happening.At));
            }
        }

        return things;
    }

    private IEnumerable<Happening> Published(IReadOnlyList<Happening> happenings) =>
        shape.EventsPerConversation is { } most && most < happenings.Count
            ? happenings.Take(most - 1).Append(happenings[^1])
            : happenings;

    private Emission Ambient(DateTimeOffset now) =>
        chance.Happens(shape.Poison)
            ? Poison(now)
            : new Emission(0, _ambient.Any(now, shape.Unknown), Conversation: null, Poison: null);

    private Emission Poison(DateTimeOffset at)
    {
        var kind = chance.Pick(PoisonKinds);
        var stray = new StrayEvent(organization, chance);
        return new Emission(0, stray.Of(at, withId: kind is not PoisonKind.NoId), Conversation: null, kind);
    }
}
