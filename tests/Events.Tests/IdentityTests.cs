using System.Text.Json.Nodes;

namespace Events.Tests;

public sealed class IdentityTests
{
    public static TheoryData<string> Names => [.. Samples.Names];

    [Fact]
    public void The_keys_of_an_event_stay_what_they_are()
    {
        // Pinned: a change of these is a change of what is in the tables already.
        var decoded = Decode.Event(Samples.Read("acd-end"));

        Assert.Equal("0TBrIBy96IQgMooL-w8VlAv0CBtKGKr3N", decoded.EventKey);
        Assert.Equal("01773928872120#0TBrIBy96IQgMooL-w8VlAv0CBtKGKr3N", decoded.SortKey);
        Assert.Equal("0TBrIBy96IQgMooL", decoded.NaturalKey);
        Assert.Equal("w8VlAv0CBtKGKr3N", decoded.BodyHash);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_publish_under_a_new_envelope_id_is_the_same_event(string name)
    {
        var again = EnvelopeBuilder.Of(name).With("id", "00000000-0000-0000-0000-000000000000").Decode();

        Assert.Equal(Decode.Event(Samples.Read(name)).SortKey, again.SortKey);
        Assert.Equal("00000000-0000-0000-0000-000000000000", again.EnvelopeId);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_publish_at_a_later_time_is_the_same_event(string name)
    {
        var again = EnvelopeBuilder
            .Of(name)
            .With("time", "2026-03-20T00:00:00Z")
            .With("detail.timestamp", "2026-03-20T00:00:00.000Z")
            .With("detail.metadata.CorrelationId", "another")
            .Decode();

        Assert.Equal(Decode.Event(Samples.Read(name)).SortKey, again.SortKey);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void White_space_and_escapes_make_no_other_event(string name)
    {
        var indentedAndEscaped = EnvelopeBuilder.Of(name).BuildIndented();

        Assert.Equal(EnvelopeBuilder.Of(name).Decode().SortKey, Decode.Event(indentedAndEscaped).SortKey);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_the_members_around_the_body_makes_no_other_event(string name)
    {
        var original = Decode.Event(Samples.Read(name));
        var reversed = EnvelopeBuilder.Of(name).Reversed("detail").Reversed().Decode();

        Assert.Equal(original with { EventBody = default }, reversed with { EventBody = default });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_body_with_one_member_more_is_a_variant(string name)
    {
        var original = Decode.Event(Samples.Read(name));
        var variant = EnvelopeBuilder.Of(name).With("detail.eventBody.newMember", "drift").Decode();

        Assert.Equal(original.NaturalKey, variant.NaturalKey);
        Assert.Equal(original.EventTime, variant.EventTime);
        Assert.NotEqual(original.BodyHash, variant.BodyHash);
    }

    [Fact]
    public void A_body_with_its_members_in_another_order_is_a_variant()
    {
        var original = Decode.Event(Samples.Read("acd-end"));
        var variant = EnvelopeBuilder.Of("acd-end").Reversed("detail.eventBody").Decode();

        Assert.Equal(original.NaturalKey, variant.NaturalKey);
        Assert.NotEqual(original.BodyHash, variant.BodyHash);
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("100", "1e2")]
    [InlineData("0", "-0")]
    public void Numbers_are_compared_as_text(string one, string other)
    {
        var first = EnvelopeBuilder.Of("acd-end").WithRaw("detail.eventBody.routingPriority", one).Decode();
        var second = EnvelopeBuilder.Of("acd-end").WithRaw("detail.eventBody.routingPriority", other).Decode();

        Assert.Equal(first.NaturalKey, second.NaturalKey);
        Assert.NotEqual(first.BodyHash, second.BodyHash);
    }

    [Fact]
    public void Both_spellings_of_one_moment_give_one_natural_key()
    {
        var milliseconds = EnvelopeBuilder.Of("acd-end").Decode();
        var iso = EnvelopeBuilder.Of("acd-end").With("detail.eventBody.eventTime", "2026-03-19T14:01:12.120Z").Decode();

        Assert.Equal(milliseconds.NaturalKey, iso.NaturalKey);
    }

    [Theory]
    [InlineData("acd-end", "conversationId")]
    [InlineData("acd-end", "participantId")]
    [InlineData("acd-end", "sessionId")]
    [InlineData("flow-outcome", "flowOutcomeId")]
    [InlineData("flow-start", "flowId")]
    [InlineData("wrapup", "wrapupCode")]
    [InlineData("transcription-ended", "communicationId")]
    [InlineData("analytics-conversation-metrics", "recordId")]
    [InlineData("analytics-conversation-metrics", "metric")]
    [InlineData("audit-user-presence", "id")]
    [InlineData("operations-event", "entityId")]
    [InlineData("users-presence", "source")]
    public void What_tells_events_of_a_topic_apart_is_in_the_natural_key(string name, string member)
    {
        var other = EnvelopeBuilder.Of(name).With($"detail.eventBody.{member}", "another").Decode();

        Assert.NotEqual(Decode.Event(Samples.Read(name)).NaturalKey, other.NaturalKey);
    }

    [Theory]
    [InlineData("acd-end", "eventTime", "1773928872121")]
    [InlineData("operations-event", "timestamp", "1773928860121")]
    [InlineData("users-presence", "modifiedDate", "\"2026-03-19T14:00:05.121Z\"")]
    [InlineData("audit-user-presence", "eventTime", "\"2026-03-19T14:00:00.001Z\"")]
    public void One_millisecond_makes_another_event(string name, string member, string json)
    {
        var later = EnvelopeBuilder.Of(name).With($"detail.eventBody.{member}", JsonNode.Parse(json)).Decode();

        Assert.NotEqual(Decode.Event(Samples.Read(name)).NaturalKey, later.NaturalKey);
        Assert.Equal(1, (later.EventTime - Decode.Event(Samples.Read(name)).EventTime).TotalMilliseconds);
    }

    [Fact]
    public void Two_utterances_at_one_moment_are_two_events()
    {
        var one = Decode.Event(Samples.Read("transcription-ongoing"));
        var text = Samples.ReadText("transcription-ongoing");

        var other = Decode.Event(text.Replace("253a675c", "ffffffff", StringComparison.Ordinal));
        var interim = Decode.Event(text.Replace("\"isFinal\": true", "\"isFinal\": false", StringComparison.Ordinal));

        Assert.Equal(3, new[] { one, other, interim }.Select(decoded => decoded.NaturalKey).Distinct().Count());
    }

    [Fact]
    public void A_null_is_a_member_left_out()
    {
        var without = EnvelopeBuilder.Of("acd-end").Without("detail.eventBody.sessionId").Decode();
        var withNull = EnvelopeBuilder.Of("acd-end").With("detail.eventBody.sessionId", null).Decode();

        Assert.Equal(without.NaturalKey, withNull.NaturalKey);
    }

    [Fact]
    public void No_value_can_pass_for_two()
    {
        var one = EnvelopeBuilder.Of("acd-end").With("detail.eventBody.participantId", "a\"|sessionId=\"b").Decode();
        var two = EnvelopeBuilder
            .Of("acd-end")
            .With("detail.eventBody.participantId", "a")
            .With("detail.eventBody.sessionId", "b")
            .Decode();

        Assert.NotEqual(one.NaturalKey, two.NaturalKey);
    }

    [Fact]
    public void A_transcription_of_more_transcripts_than_we_look_at_is_still_one_event()
    {
        var transcripts = Enumerable.Range(0, 100).Select(n => new JsonObject { ["utteranceId"] = $"{n}" });
        var many = EnvelopeBuilder
            .Of("transcription-ongoing")
            .With("detail.eventBody.transcripts", new JsonArray([.. transcripts]))
            .Reversed("detail.eventBody");

        var indented = Decode.Event(many.BuildIndented());

        Assert.Equal("conversation:bc877f8f-d2b6-5e0c-b16f-9e167586ddca", indented.Subject);
        Assert.Equal(many.Decode().EventKey, indented.EventKey);
    }
}
