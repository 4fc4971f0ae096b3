using Processor.Enrichment.Timeline;
using static Processor.Tests.Enrichment.TimelineSamples;

namespace Processor.Tests.Enrichment;

/// <summary>Neither the order in which events are read nor the order in which they arrived changes what happened.</summary>
public sealed class ArrivalOrderTests
{
    private static readonly DateTimeOffset Arrival = new(2026, 3, 19, 14, 10, 0, TimeSpan.Zero);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_life_whose_events_arrive_in_any_order_is_the_same_life(int seed)
    {
        var random = new Random(seed);
        var expected = WhatHappened(Lifecycle);

        for (var run = 0; run < 20; run++)
        {
            var shuffled = Lifecycle.ToArray();
            random.Shuffle(shuffled);
            var arrived = shuffled
                .Select(recorded => recorded with { ReceivedAt = Arrival.AddSeconds(random.Next(600)) })
                .ToList();

            Assert.Equal(expected, WhatHappened(arrived));
        }
    }

    [Fact]
    public void All_720_orders_of_the_boundaries_tell_the_same()
    {
        var boundaries = Only("customer.start", "acd.end", "user.end", "customer.end", "wrapup", "acw");
        var expected = WhatHappened(boundaries);

        Assert.Equal(6, boundaries.Count);
        Assert.All(Permutations(boundaries), order => Assert.Equal(expected, WhatHappened(InOrderOfArrival(order))));
    }

    [Fact]
    public void All_orders_of_any_three_events_tell_the_same()
    {
        for (var first = 0; first < Lifecycle.Count; first++)
        {
            for (var second = first + 1; second < Lifecycle.Count; second++)
            {
                for (var third = second + 1; third < Lifecycle.Count; third++)
                {
                    RecordedEvent[] three = [Lifecycle[first], Lifecycle[second], Lifecycle[third]];
                    var expected = WhatHappened(three);

                    Assert.All(
                        Permutations(three),
                        order => Assert.Equal(expected, WhatHappened(InOrderOfArrival(order)))
                    );
                }
            }
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    private static List<RecordedEvent> InOrderOfArrival(IEnumerable<RecordedEvent> order) =>
        [.. order.Select((recorded, position) => recorded with { ReceivedAt = Arrival.AddSeconds(position) })];

    private static string WhatHappened(IReadOnlyCollection<RecordedEvent> events)
    {
        var summary = ConversationTimeline.Fold(ConversationId, events, details: null, DetailsState.Pending);
        return SummaryText.Of(summary with { Arrival = new ArrivalSummary(events.Count, 0, 0, 0, 0) });
    }

    private static IEnumerable<IReadOnlyList<RecordedEvent>> Permutations(IReadOnlyList<RecordedEvent> events)
    {
        if (events.Count <= 1)
        {
            yield return events;
            yield break;
        }

        for (var index = 0; index < events.Count; index++)
        {
            var first = events[index];
            foreach (var rest in Permutations([.. events.Where(recorded => recorded != first)]))
            {
                yield return [first, .. rest];
            }
        }
    }
}
