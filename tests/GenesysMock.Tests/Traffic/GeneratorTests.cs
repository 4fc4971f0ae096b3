using System.Text.Json;
using Events;
using GenesysMock.Traffic;

namespace GenesysMock.Tests.Traffic;

public sealed class GeneratorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(500)]
    [InlineData(5_000)]
    public void A_run_consists_of_exactly_as_many_things_as_asked_for(int events)
    {
        var shape = new TrafficShape { Poison = 0.02, Duplicates = 0.2 };

        var indexes = Plans.Of(events, shape: shape).Emissions().Select(emission => emission.Index);

        Assert.Equal(Enumerable.Range(0, events), indexes);
    }

    [Fact]
    public void Conversations_can_be_cut_to_so_many_events_each_with_its_first_and_its_last()
    {
        var shape = Plans.Plain with { Ambient = 0, EventsPerConversation = 5 };

        var published = Plans
            .Of(2_000, shape: shape)
            .Emissions()
            .GroupBy(emission => emission.Conversation!.Id)
            .ToList();

        Assert.Equal(400, published.Count);
        Assert.All(published, events => Assert.Equal(5, events.Count()));
        Assert.All(published, events => Assert.EndsWith("customer.start", events.First().Happening.DetailType));
        Assert.All(published, events => Assert.True(events.Last().Happening.At >= events.First().Conversation!.End));
    }

    [Fact]
    public void Equal_plans_give_equal_bytes_in_equal_order()
    {
        var shape = new TrafficShape { Duplicates = 0.1, Reorder = 0.5 };

        var once = Plans.Of(800, shape: shape).Deliveries().Select(Text);
        var again = Plans.Of(800, shape: shape).Deliveries().Select(Text);

        Assert.Equal(once, again);
    }

    [Fact]
    public void Another_seed_gives_other_traffic()
    {
        var one = Plans.Of(100, seed: 1).Deliveries().Select(Text);
        var other = Plans.Of(100, seed: 2).Deliveries().Select(Text);

        Assert.Empty(one.Intersect(other));
    }

    [Fact]
    public void A_seed_that_is_run_again_later_is_about_other_conversations()
    {
        var plan = TrafficPlan.OfThePast(7, events: 300, eventsPerSecond: 200, Plans.Plain, Plans.Now);
        var later = TrafficPlan.OfThePast(7, events: 300, eventsPerSecond: 200, Plans.Plain, Plans.Now.AddMinutes(1));

        Assert.Empty(ConversationsOf(plan).Intersect(ConversationsOf(later)));
    }

    [Fact]
    public void How_events_are_delivered_does_not_change_what_happens()
    {
        var plain = Plans.Of(600).Emissions().Select(emission => Body(emission));
        var rough = Plans.Of(600, shape: Plans.Plain with { Duplicates = 0.5, Reorder = 0.9, Late = 0.3 });

        Assert.Equal(plain, rough.Emissions().Select(emission => Body(emission)));
    }

    [Fact]
    public void Reordering_gives_the_same_deliveries_in_another_order()
    {
        var inOrder = Plans.Of(600).Deliveries().Select(delivery => delivery.Emission.Index).ToList();
        var reordered = Plans
            .Of(600, shape: Plans.Plain with { Reorder = 0.5 })
            .Deliveries()
            .Select(delivery => delivery.Emission.Index)
            .ToList();

        Assert.Equal(Enumerable.Range(0, 600), inOrder.Order());
        Assert.Equal(Enumerable.Range(0, 600), reordered.Order());
        Assert.NotEqual(inOrder, reordered);
    }

    [Fact]
    public void Deliveries_come_in_the_order_in_which_they_are_due()
    {
        var shape = new TrafficShape
        {
            Duplicates = 0.3,
            Reorder = 0.3,
            Late = 0.1,
        };

        var due = Plans.Of(1_000, shape: shape).Deliveries().Select(delivery => delivery.Due).ToList();

        Assert.Equal(due.Order(), due);
    }

    [Fact]
    public void A_redelivery_is_the_same_envelope_and_a_republish_the_same_event_in_another()
    {
        var copies = Plans
            .Of(1_000, shape: Plans.Plain with { Duplicates = 0.3 })
            .Schedule()
            .SelectMany(thing => thing.Deliveries.Skip(1), (thing, copy) => (First: thing.Deliveries[0], Copy: copy))
            .ToLookup(pair => pair.Copy.Copy);

        Assert.NotEmpty(copies[Copy.Redelivered]);
        Assert.NotEmpty(copies[Copy.Republished]);
        Assert.All(copies[Copy.Redelivered], pair => Assert.Equal(Text(pair.First), Text(pair.Copy)));
        Assert.All(copies[Copy.Republished], pair => Assert.NotEqual(pair.First.EnvelopeId, pair.Copy.EnvelopeId));
        Assert.All(
            copies[Copy.Republished],
            pair => Assert.Equal(Decoded(pair.First).EventKey, Decoded(pair.Copy).EventKey)
        );
    }

    [Fact]
    public void A_copy_never_comes_before_the_first_delivery()
    {
        var shape = Plans.Plain with { Duplicates = 0.5, Late = 0.3 };

        Assert.All(
            Plans.Of(500, shape: shape).Schedule(),
            thing => Assert.All(thing.Deliveries.Skip(1), copy => Assert.True(copy.Due > thing.Deliveries[0].Due))
        );
    }

    [Fact]
    public void The_share_of_duplicates_is_as_asked_for()
    {
        var duplicated = Plans
            .Of(10_000, shape: Plans.Plain with { Duplicates = 0.1 })
            .Schedule()
            .Count(thing => thing.Deliveries.Length > 1);

        Assert.InRange(duplicated, 850, 1_150);
    }

    [Fact]
    public void Every_event_decodes_and_no_two_share_a_natural_key()
    {
        var shape = new TrafficShape { Poison = 0, Unknown = 0.05 };

        var keys = Plans
            .Of(10_000, shape: shape)
            .Schedule()
            .Select(thing => Decoded(thing.Deliveries[0]))
            .Select(happened => (happened.Subject, happened.NaturalKey))
            .ToList();

        Assert.Equal(10_000, keys.Distinct().Count());
    }

    [Fact]
    public void Poison_is_an_envelope_to_an_ingestor_and_nothing_to_a_decoder()
    {
        var poison = Plans
            .Of(4_000, shape: Plans.Plain with { Poison = 0.02 })
            .Schedule()
            .Where(thing => thing.Emission.Poison is not null)
            .ToList();

        Assert.Equal(4, poison.Select(thing => thing.Emission.Poison).Distinct().Count());
        Assert.All(poison, thing => Assert.Single(thing.Deliveries));
        Assert.All(poison, thing => Assert.IsType<Decoded.Poison>(Decode(thing.Deliveries[0])));
        Assert.All(poison, thing => AssertTakenByAnIngestor(thing.Deliveries[0]));
    }

    [Fact]
    public void The_share_of_poison_is_as_asked_for()
    {
        var poison = Plans
            .Of(20_000, shape: Plans.Plain with { Poison = 0.005 })
            .Emissions()
            .Count(emission => emission.Poison is not null);

        Assert.InRange(poison, 60, 145);
    }

    [Fact]
    public void Every_conversation_that_begins_is_told_to_its_end()
    {
        var byConversation = Plans
            .Of(2_000)
            .Emissions()
            .Where(emission => emission.Conversation is not null)
            .GroupBy(emission => emission.Conversation!.Id, emission => emission.Happening);

        Assert.All(byConversation, events => Assert.Contains("customer.end", events.Kinds()));
    }

    [Fact]
    public void Nothing_in_a_run_of_the_past_is_dated_in_the_future()
    {
        var deliveries = Plans.Of(5_000, shape: new TrafficShape { Late = 0.1, Duplicates = 0.1 }).Deliveries();

        Assert.All(deliveries, delivery => Assert.True(delivery.Due < Plans.Now));
    }

    [Fact]
    public void A_live_run_goes_on_until_it_is_closed_and_then_tells_its_stories_to_the_end()
    {
        var live = new TrafficGenerator(Plans.Organization, TrafficPlan.Live(7, 50, Plans.Plain, Plans.Now));
        var told = new List<Emission>();

        foreach (var emission in live.Emissions())
        {
            told.Add(emission);
            if (told.Count is 1_000)
            {
                live.Close();
            }
        }

        var conversations = told.Where(emission => emission.Conversation is not null).ToLookup(e => e.Conversation!.Id);
        Assert.InRange(told.Count, 1_000, 5_000);
        Assert.All(conversations, events => Assert.Contains("customer.end", events.Select(e => e.Happening).Kinds()));
    }

    [Fact]
    public void The_timeline_is_as_dense_as_planned()
    {
        var live = new TrafficGenerator(Plans.Organization, TrafficPlan.Live(7, 100, Plans.Plain, Plans.Now));

        var happened = live.Emissions().Take(60_000).Select(emission => emission.Happening.At).ToList();

        // After the first two minutes, when conversations of every age are under way.
        var steady = happened.Where(at => at > Plans.Now.AddMinutes(2)).ToList();
        Assert.InRange(steady.Count / (steady[^1] - steady[0]).TotalSeconds, 85, 115);
    }

    [Fact]
    public void Now_and_then_a_body_is_large_but_never_more_than_the_bus_takes()
    {
        var bytes = Plans
            .Of(3_000, shape: Plans.Plain with { Large = 0.2, LargeBytesMax = 240_000 })
            .Deliveries()
            .Select(delivery => delivery.Envelope.Length)
            .ToList();

        Assert.Contains(bytes, length => length > 100_000);
        Assert.All(bytes, length => Assert.InRange(length, 500, 262_144));
    }

    private static IEnumerable<string> ConversationsOf(TrafficPlan plan) =>
        new TrafficGenerator(Plans.Organization, plan)
            .Emissions()
            .Select(emission => emission.Conversation?.Id)
            .OfType<string>();

    private static string Text(Delivery delivery) => System.Text.Encoding.UTF8.GetString(delivery.Envelope.Span);

    private static string Body(Emission emission) => System.Text.Encoding.UTF8.GetString(emission.Happening.Body.Span);

    private static Decoded Decode(Delivery delivery) => EventDecoder.Decode(delivery.Envelope.ToArray());

    private static GenesysEvent Decoded(Delivery delivery) => Assert.IsType<Decoded.Event>(Decode(delivery)).Value;

    private static void AssertTakenByAnIngestor(Delivery delivery)
    {
        using var envelope = JsonDocument.Parse(delivery.Envelope);
        Assert.Equal(JsonValueKind.String, envelope.RootElement.GetProperty("detail-type").ValueKind);
        Assert.Equal(JsonValueKind.String, envelope.RootElement.GetProperty("source").ValueKind);
        Assert.Equal(JsonValueKind.Object, envelope.RootElement.GetProperty("detail").ValueKind);
    }
}
