using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Operations.Conversations;

namespace Operations.Tests.Conversations;

public sealed class TimelineTests
{
    private const long Start = 1_773_929_000_000;

    [Fact]
    public void Events_stand_in_their_order_with_that_of_their_arrival_beside_it()
    {
        var timeline = TimelineReading.Read(
            [AnItem(0, "aaaaaaaaaaaaaaaa", received: 9_000), AnItem(1_000, "bbbbbbbbbbbbbbbb", received: 2_000)],
            new Dictionary<string, EventHistory>()
        );

        Assert.Equal([2, 1], timeline.Select(one => one.Arrival));
        Assert.Equal([true, false], timeline.Select(one => one.IsOutOfTurn));
        Assert.Equal(TimeSpan.FromSeconds(9), timeline[0].Late);
    }

    [Fact]
    public void Two_bodies_of_one_event_are_variants()
    {
        var timeline = TimelineReading.Read(
            [AnItem(0, "aaaaaaaaaaaaaaaa", "1111111111111111"), AnItem(0, "aaaaaaaaaaaaaaaa", "2222222222222222")],
            new Dictionary<string, EventHistory>()
        );

        Assert.All(timeline, one => Assert.True(one.IsVariant));
    }

    [Fact]
    public void The_parts_of_a_body_are_no_events()
    {
        var part = AnItem(0, "aaaaaaaaaaaaaaaa");
        part["event"] = new AttributeValue($"{part["event"].S}#p001");

        Assert.Empty(TimelineReading.Read([part], new Dictionary<string, EventHistory>()));
    }

    [Fact]
    public void Failed_attempts_stand_at_their_event()
    {
        var item = AnItem(0, "aaaaaaaaaaaaaaaa");

        var timeline = TimelineReading.Read([item], Histories(item["event"].S[15..], duplicates: 0));

        Assert.Equal((3, 0), (Assert.Single(timeline).Attempts, timeline[0].Duplicates));
    }

    [Fact]
    public void Failed_attempts_after_each_redrive_are_counted_too()
    {
        var item = AnItem(0, "aaaaaaaaaaaaaaaa");
        var key = item["event"].S[15..];

        var timeline = TimelineReading.Read(
            [item],
            TimelineReading.Histories([
                Record(key, transient: 8, duplicates: 1),
                Record($"{key}#redriven:m1@1773929000000", transient: 4, duplicates: 0),
                Record($"{key}#redriven:m2@1773929999000", transient: 2, duplicates: 1),
            ])
        );

        Assert.Equal((14, 2), (Assert.Single(timeline).Attempts, timeline[0].Duplicates));
    }

    [Fact]
    public void Duplicates_that_were_counted_stand_at_their_event_and_are_no_failed_attempts()
    {
        var item = AnItem(0, "aaaaaaaaaaaaaaaa");

        var timeline = TimelineReading.Read([item], Histories(item["event"].S[15..], duplicates: 2));

        Assert.Equal((3, 2), (Assert.Single(timeline).Attempts, timeline[0].Duplicates));
    }

    [Fact]
    public void An_effect_tells_how_often_it_ran_and_what_came_of_it()
    {
        var effect = TimelineReading.Effect(
            "attribute-write-back",
            "key",
            new()
            {
                ["state"] = new("completed"),
                ["result"] = new("written"),
                ["generation"] = Number(2),
                ["completedAt"] = Number(Start),
            }
        );

        Assert.Equal(("completed", "written", 2), (effect.State, effect.Result, effect.Runs));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Start), effect.CompletedAt);
    }

    private static IReadOnlyDictionary<string, EventHistory> Histories(string eventKey, int duplicates) =>
        TimelineReading.Histories([
            new()
            {
                ["eventKey"] = new(eventKey),
                ["transientAttempts"] = Number(2),
                ["permanentAttempts"] = Number(1),
                ["duplicates"] = Number(duplicates),
            },
        ]);

    private static Dictionary<string, AttributeValue> Record(string key, int transient, int duplicates) =>
        new()
        {
            ["eventKey"] = new(key),
            ["transientAttempts"] = Number(transient),
            ["duplicates"] = Number(duplicates),
        };

    private static Dictionary<string, AttributeValue> AnItem(
        long after,
        string naturalKey,
        string bodyHash = "1111111111111111",
        long received = 1_000
    ) =>
        new()
        {
            ["event"] = new(
                string.Create(CultureInfo.InvariantCulture, $"{Start + after:D14}#{naturalKey}-{bodyHash}")
            ),
            ["kind"] = new("v2.detail.events.conversation.{id}.acd.start"),
            ["published"] = Number(Start + after),
            ["received"] = Number(Start + received),
            ["recorded"] = Number(Start + received),
            ["body"] = new("{}"),
        };

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
