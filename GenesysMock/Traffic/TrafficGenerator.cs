namespace GenesysMock.Traffic;

/// <summary>
/// Tells the traffic of a plan, as often as it is asked: no clock, no network, no chance but the seed's. What happens and
/// how it is delivered are drawn apart, so that more duplicates never change the stories.
/// </summary>
internal sealed class TrafficGenerator(Organization organization, TrafficPlan plan)
{
    // Far enough apart that no seed near ours draws the same deliveries.
    private const int DeliverySeed = 0x5EED_0D;

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private volatile bool _closing;

    /// <summary>No new conversation begins; those that go on are told to the end. The one thing to be said to an endless plan.</summary>
    public void Close() => _closing = true;

    /// <summary>The distinct things in the order in which they happened.</summary>
    public IEnumerable<Emission> Emissions()
    {
        var chance = new Chance(plan.Seed, plan.Origin.ToUnixTimeMilliseconds());
        var arrivals = new Arrivals(organization, plan.Shape, chance);
        var pending = new PriorityQueue<Emission, (DateTimeOffset At, long Order)>();
        var index = 0;
        var order = 0L;
        var now = plan.Origin;
        var remaining = plan.Events ?? int.MaxValue;
        while (remaining > 0 && !_closing)
        {
            var arrived = arrivals.Next(now, mostThings: remaining);
            foreach (var emission in arrived)
            {
                pending.Enqueue(emission, (emission.Happening.At, order++));
            }

            remaining -= plan.Events is null ? 0 : arrived.Count;
            now += Arrivals.WholeMilliseconds(
                chance.Gap(TimeSpan.FromSeconds(arrived.Count / plan.EventsPerSecond)) + Millisecond
            );
            while (pending.TryPeek(out var next, out _) && next.Happening.At < now)
            {
                yield return pending.Dequeue() with
                {
                    Index = index++,
                };
            }
        }

        while (pending.TryDequeue(out var next, out _))
        {
            yield return next with
            {
                Index = index++,
            };
        }
    }

    /// <summary>The same things, each with all of its deliveries.</summary>
    public IEnumerable<Scheduled> Schedule()
    {
        var dispatch = new Dispatch(
            organization,
            plan.Shape,
            new Chance(plan.Seed ^ DeliverySeed, plan.Origin.ToUnixTimeMilliseconds())
        );
        return Emissions().Select(dispatch.Schedule);
    }

    /// <summary>Every delivery in the order in which it is due.</summary>
    public IEnumerable<Delivery> Deliveries()
    {
        var pending = new PriorityQueue<Delivery, (DateTimeOffset Due, long Order)>();
        var order = 0L;
        foreach (var scheduled in Schedule())
        {
            // Nothing that has not happened yet can be due before this.
            while (pending.TryPeek(out var next, out _) && next.Due < scheduled.Emission.Happening.At)
            {
                yield return pending.Dequeue();
            }

            foreach (var delivery in scheduled.Deliveries)
            {
                pending.Enqueue(delivery, (delivery.Due, order++));
            }
        }

        while (pending.TryDequeue(out var next, out _))
        {
            yield return next;
        }
    }
}
